using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Half = System.Half;

namespace GenNet.Tests.Typed.Random;

/// <summary>What the features of a value are, found by reflection, slowly and without the generator.</summary>
static class DataTypeReference
{
    const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>A number, bool or enum of a value, with its scaling.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Scale">The attribute that says what becomes of it, if any.</param>
    public sealed record Leaf(object Value, Attribute? Scale)
    {
        /// <summary>What the network sees of it.</summary>
        public float[] Numbers => Value switch
        {
            bool value => [value ? 1 : 0],
            Enum value when Scale is EmbeddedAttribute => [Members(value.GetType()).TakeWhile(member => !member.Equals(value)).Count()],
            Enum value => [.. Members(value.GetType()).Select(member => member.Equals(value) ? 1f : 0f)],
            _ => [Number],
        };

        float Number => Scale switch
        {
            ScaleAttribute scale => (float)((AsDouble(Value) - scale.Minimum) / (scale.Maximum - scale.Minimum)),
            StandardizeAttribute scale => (float)((AsDouble(Value) - scale.Mean) / scale.Deviation),
            _ => AsSingle(Value),
        };

        /// <summary>The value of this type that outputs mean.</summary>
        public object Of(ReadOnlySpan<float> outputs) => Value is Enum ? Members(Value.GetType()).ElementAt(Metrics.ArgMax(outputs)) : Of(outputs[0]);

        object Of(float y)
        {
            if (Value is bool)
                return y > 0.5f;
            var natural = Scale switch
            {
                ScaleAttribute scale => scale.Minimum + y * (scale.Maximum - scale.Minimum),
                StandardizeAttribute scale => scale.Mean + y * scale.Deviation,
                _ => y,
            };
            var whole = Math.Round(natural);
            return Value switch
            {
                float => (float)Math.Clamp(natural, float.MinValue, float.MaxValue),
                double => Math.Clamp(natural, double.MinValue, double.MaxValue),
                Half => (Half)Math.Clamp(natural, (double)Half.MinValue, (double)Half.MaxValue),
                decimal => Scale is null ? decimal.CreateSaturating(y) : decimal.CreateSaturating(natural),
                sbyte => sbyte.CreateSaturating(whole),
                byte => byte.CreateSaturating(whole),
                short => short.CreateSaturating(whole),
                ushort => ushort.CreateSaturating(whole),
                int => int.CreateSaturating(whole),
                uint => uint.CreateSaturating(whole),
                long => long.CreateSaturating(whole),
                ulong => ulong.CreateSaturating(whole),
                nint => nint.CreateSaturating(whole),
                nuint => nuint.CreateSaturating(whole),
                Int128 => Int128.CreateSaturating(whole),
                UInt128 => UInt128.CreateSaturating(whole),
                var other => throw new NotSupportedException(other.GetType().Name),
            };
        }
    }

    /// <summary>The members of an enum, one for each value.</summary>
    public static IEnumerable<object> Members(Type type) =>
        Enum.GetValues(type).Cast<object>().Distinct().OrderBy(member => Convert.ToDecimal(Convert.ChangeType(member, Enum.GetUnderlyingType(type), null), null));

    /// <summary>The features of an output in the order of the heads: those of the member that a head is named after, or of all that no head is named after.</summary>
    public static List<Leaf> LeavesOfHeads(object value, IReadOnlyList<string> heads)
    {
        var members = MembersOf(value).ToList();
        var left = members.Where(member => !heads.Contains(member.Name)).SelectMany(member => member.Leaves).ToList();
        return [.. heads.SelectMany(head => members.Where(member => member.Name == head).Select(member => member.Leaves).DefaultIfEmpty(left).Single())];
    }

    static IEnumerable<(string Name, List<Leaf> Leaves)> MembersOf(object value)
    {
        foreach (var (member, marks) in Features(value.GetType()))
        {
            var leaves = new List<Leaf>();
            Add(member is PropertyInfo property ? property.GetValue(value)! : ((FieldInfo)member).GetValue(value)!, Scale(marks), leaves);
            yield return (member.Name, leaves);
        }
    }

    /// <summary>The features of a value.</summary>
    public static List<Leaf> Leaves(object value)
    {
        var leaves = new List<Leaf>();
        Add(value, null, leaves);
        return leaves;
    }

    static void Add(object value, Attribute? scale, List<Leaf> leaves)
    {
        var type = value.GetType();
        if (value is bool or Enum || IsNumber(type))
            leaves.Add(new(value, scale));
        else if (value is Array array)
            foreach (var element in array)
                Add(element, scale, leaves);
        else if (type.GetCustomAttribute<InlineArrayAttribute>() is not null)
        {
            var field = type.GetFields(All).Single();
            foreach (var element in Elements(value))
                Add(element, scale ?? Scale(field), leaves);
        }
        else if (value is ITuple tuple)
            for (var i = 0; i < tuple.Length; i++)
                Add(tuple[i]!, null, leaves);
        else
            foreach (var (member, marks) in Features(type))
                Add(member is PropertyInfo property ? property.GetValue(value)! : ((FieldInfo)member).GetValue(value)!, Scale(marks), leaves);
    }

    static IEnumerable<(MemberInfo Member, ICustomAttributeProvider[] Marks)> Features(Type type)
    {
        var parameters = type.GetConstructors(All).SelectMany(constructor => constructor.GetParameters()).ToList();
        foreach (var property in type.GetProperties(All).OrderBy(property => property.MetadataToken))
        {
            var backing = type.GetField($"<{property.Name}>k__BackingField", All);
            ICustomAttributeProvider[] marks = [property, .. Of(property.Name, property.PropertyType), .. backing is null ? Array.Empty<ICustomAttributeProvider>() : [backing]];
            if (property.GetMethod is { IsPublic: true } or { IsAssembly: true } && property.GetIndexParameters().Length == 0
                && (backing is not null || Has<FeatureAttribute>(marks)) && !Has<IgnoreFeatureAttribute>(marks))
                yield return (property, marks);
        }
        foreach (var field in type.GetFields(All).Where(field => field.Name[0] != '<' && (field.IsPublic || field.IsAssembly)).OrderBy(field => field.MetadataToken))
        {
            ICustomAttributeProvider[] marks = [field, .. Of(field.Name, field.FieldType)];
            if (!Has<IgnoreFeatureAttribute>(marks))
                yield return (field, marks);
        }

        IEnumerable<ICustomAttributeProvider> Of(string name, Type of) => parameters.Where(parameter => parameter.Name == name && parameter.ParameterType == of);
    }

    /// <summary>Any value of a type, whatever its constructors say.</summary>
    public static object Make(Type type, System.Random random, int length = 0)
    {
        if (type == typeof(bool))
            return random.Next(2) == 1;
        if (type == typeof(char)) // Left out, and has itself as its field.
            return 'x';
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length))!;
        if (IsNumber(type))
            return MakeNumber(type, random);
        if (type.IsArray)
        {
            var array = Array.CreateInstance(type.GetElementType()!, length);
            for (var i = 0; i < length; i++)
                array.SetValue(Make(type.GetElementType()!, random), i);
            return array;
        }
        if (type.GetCustomAttribute<InlineArrayAttribute>() is { } inline)
        {
            var element = type.GetFields(All).Single().FieldType;
            var elements = Array.CreateInstance(element, inline.Length);
            for (var i = 0; i < inline.Length; i++)
                elements.SetValue(Make(element, random), i);
            return typeof(DataTypeReference).GetMethod(nameof(ToInline), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(element, type).Invoke(null, [elements])!;
        }
        var value = RuntimeHelpers.GetUninitializedObject(type);
        var properties = type.GetProperties(All);
        foreach (var field in type.GetFields(All).Where(field => field.FieldType.IsValueType || field.FieldType.IsArray))
        {
            var name = field.Name[0] == '<' ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
            ICustomAttributeProvider[] marks =
                [field, .. properties.Where(property => property.Name == name), .. type.GetConstructors(All).SelectMany(constructor => constructor.GetParameters()).Where(parameter => parameter.Name == name)];
            var declared = marks.SelectMany(mark => mark.GetCustomAttributes(typeof(FixedLengthAttribute), false)).Cast<FixedLengthAttribute>().FirstOrDefault();
            if (Nullable.GetUnderlyingType(field.FieldType) is null)
                field.SetValue(value, Make(field.FieldType, random, declared?.Length ?? 0));
        }
        return value;
    }

    static object MakeNumber(Type type, System.Random random)
    {
        var number = random.Next(100) + (type == typeof(float) || type == typeof(double) || type == typeof(decimal) || type == typeof(Half) ? random.NextDouble() : 0);
        return type switch
        {
            _ when type == typeof(Half) => (Half)number,
            _ when type == typeof(nint) => (nint)number,
            _ when type == typeof(nuint) => (nuint)number,
            _ when type == typeof(Int128) => (Int128)number * (Int128)1e20,
            _ when type == typeof(UInt128) => (UInt128)number,
            _ => Convert.ChangeType(number, type, null),
        };
    }

    static TInline ToInline<T, TInline>(T[] elements) where TInline : struct
    {
        var inline = default(TInline);
        elements.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<TInline, T>(ref inline), elements.Length));
        return inline;
    }

    static T[] FromInline<T, TInline>(TInline inline, int length) where TInline : struct => MemoryMarshal.CreateSpan(ref Unsafe.As<TInline, T>(ref inline), length).ToArray();

    static Array Elements(object inline)
    {
        var type = inline.GetType();
        return (Array)typeof(DataTypeReference).GetMethod(nameof(FromInline), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(type.GetFields(All).Single().FieldType, type).Invoke(null, [inline, type.GetCustomAttribute<InlineArrayAttribute>()!.Length])!;
    }

    static bool IsNumber(Type type) => type == typeof(Half) || type == typeof(decimal) || type == typeof(Int128) || type == typeof(UInt128) || (type.IsPrimitive && type != typeof(bool) && type != typeof(char));

    static double AsDouble(object value) => value switch
    {
        Half number => (double)number,
        nint number => number,
        nuint number => number,
        Int128 number => (double)number,
        UInt128 number => (double)number,
        _ => Convert.ToDouble(value, null),
    };

    static float AsSingle(object value) => value switch
    {
        long number => number,
        ulong number => number,
        Half number => (float)number,
        nint number => number,
        nuint number => number,
        Int128 number => (float)number,
        UInt128 number => (float)number,
        _ => Convert.ToSingle(value, null),
    };

    static Attribute? Scale(params ICustomAttributeProvider[] marks) =>
        marks.SelectMany(mark => mark.GetCustomAttributes(false)).OfType<Attribute>().FirstOrDefault(attribute => attribute is ScaleAttribute or StandardizeAttribute or EmbeddedAttribute);

    static bool Has<T>(ICustomAttributeProvider[] marks) => marks.Any(mark => mark.GetCustomAttributes(typeof(T), false).Length > 0);
}
