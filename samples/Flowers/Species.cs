namespace Flowers;

enum Species
{
    Snowflake,
    Bluebell,
    Crocus,
}
