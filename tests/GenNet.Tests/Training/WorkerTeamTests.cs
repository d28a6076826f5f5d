using GenNet.Kernels;

namespace GenNet.Tests.Training;

/// <summary>Threads that take parts of a work, whoever comes first.</summary>
[Collection(nameof(ParallelismTests))]
public sealed class WorkerTeamTests
{
    /// <summary>Counts how often each part is executed, and by which threads.</summary>
    sealed class Counted(int parts, Action<int>? execute = null, bool even = true) : SharedWork
    {
        public override bool HasEvenParts => even;

        public int[] Times { get; } = new int[parts];

        public int[] Threads { get; } = new int[parts];

        public override void Execute(int part, int parts)
        {
            Assert.Equal(Times.Length, parts);
            Interlocked.Increment(ref Times[part]);
            Threads[part] = Environment.CurrentManagedThreadId;
            execute?.Invoke(part);
        }

        public void AssertOnce() => Assert.All(Times, times => Assert.Equal(1, times));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    public void Every_part_is_executed_once(int parts)
    {
        var random = new RandomStream((ulong)parts);
        for (var call = 0; call < 300; call++)
        {
            var slow = random.NextInt32(4) == 0 ? random.NextInt32(parts) : -1;
            var work = new Counted(parts, part =>
            {
                if (part == slow)
                    Thread.SpinWait(20_000);
            });
            WorkerTeam.Run(work, parts);
            work.AssertOnce();
            if (random.NextInt32(30) == 0)
                Thread.Sleep(2); // Workers fall asleep.
        }
    }

    [Fact]
    public void No_part_is_taken_twice()
    {
        var work = new Counted(64);
        for (var call = 0; call < 50_000; call++)
        {
            Array.Clear(work.Times);
            WorkerTeam.Run(work, 64);
            Assert.True(Array.TrueForAll(work.Times, times => times == 1), $"In call {call} a part was executed {work.Times.Max()} times, another {work.Times.Min()}.");
        }
    }

    [Fact]
    public void Callers_that_meet_each_have_their_parts() => Parallel.For(0, 40, _ =>
    {
        for (var call = 0; call < 50; call++)
        {
            var work = new Counted(3, _ => Thread.SpinWait(50));
            WorkerTeam.Run(work, 3);
            work.AssertOnce();
        }
    });

    /// <summary>An agent's environment may use a network, which divides its work too.</summary>
    [Fact]
    public void Work_may_call_for_work()
    {
        for (var call = 0; call < 100; call++)
        {
            var inner = new Counted[4];
            var outer = new Counted(4, part =>
            {
                inner[part] = new Counted(3, _ => Thread.SpinWait(100));
                WorkerTeam.Run(inner[part], 3);
            });
            WorkerTeam.Run(outer, 4);
            outer.AssertOnce();
            Assert.All(inner, work => work.AssertOnce());
        }
    }

    [Fact]
    public void A_workers_part_that_fails_is_the_callers_exception()
    {
        var caller = Environment.CurrentManagedThreadId;
        for (var failures = 0; failures < (Environment.ProcessorCount == 1 ? 0 : 20);)
        {
            var thrown = false;
            var failing = new Counted(8, _ =>
            {
                if (Environment.CurrentManagedThreadId == caller)
                    SpinWait.SpinUntil(() => Volatile.Read(ref thrown), 20);
                else
                {
                    Volatile.Write(ref thrown, true);
                    throw new InvalidOperationException("planned");
                }
            });
            var exception = Record.Exception(() => Parallelism.Run(failing, 8));
            Assert.Equal(thrown, exception is InvalidOperationException { Message: "planned" });
            failures += thrown ? 1 : 0;
            var work = new Counted(8);
            Parallelism.Run(work, 8);
            work.AssertOnce();
        }
    }

    [Fact]
    public void A_callers_part_that_fails_leaves_the_team_ready()
    {
        var caller = Environment.CurrentManagedThreadId;
        for (var call = 0; call < 50; call++)
        {
            var failing = new Counted(8, _ =>
            {
                Thread.SpinWait(200);
                if (Environment.CurrentManagedThreadId == caller)
                    throw new InvalidOperationException("planned");
            });
            Assert.Throws<InvalidOperationException>(() => WorkerTeam.Run(failing, 8));
            Assert.All(failing.Times, times => Assert.InRange(times, 0, 1));
            var work = new Counted(8);
            WorkerTeam.Run(work, 8);
            work.AssertOnce();
        }
    }

    /// <summary>An agent's environment may have a network that learns, and a program another on a thread of its own: neither waits for the end of work.</summary>
    [Fact]
    public Task Work_may_create_what_prepares_the_team() => Task.Run(() =>
    {
        for (var call = 0; call < 20; call++)
            Parallelism.Run(new Counted(4, _ =>
            {
                Thread.SpinWait(5_000);
                WorkerTeam.Prepare(threads: 2);
            }), 4);
    }).WaitAsync(TimeSpan.FromSeconds(60));

    [Fact]
    public void Work_that_is_none_is_refused_and_none_of_it_done()
    {
        Assert.Equal("work", Assert.Throws<ArgumentNullException>(() => Parallelism.Run(null!, 2)).ParamName);
        Assert.Equal("parts", Assert.Throws<ArgumentOutOfRangeException>(() => Parallelism.Run(new Counted(1), -1)).ParamName);
        Parallelism.Run(new Counted(1, _ => Assert.Fail("No part was asked for.")), 0);
    }

    /// <summary>A part that takes longer than others is no reason to do without its thread.</summary>
    [Fact]
    public void Uneven_work_is_always_divided()
    {
        var caller = Environment.CurrentManagedThreadId;
        for (var left = WorkerTeam.CallsAlone; left > 0; left--)
            WorkerTeam.Run(new Counted(2), 2);
        for (var call = 0; call < 30; call++)
            WorkerTeam.Run(new Counted(2, _ => Thread.Sleep(Environment.CurrentManagedThreadId == caller ? 1 : 15), even: false), 2);
        Assert.Equal(0, WorkerTeam.CallsAlone);
    }

    /// <summary>More threads than processors would only take turns.</summary>
    [Fact]
    public void No_more_threads_work_than_there_are_processors()
    {
        for (var call = 0; call < 50; call++)
        {
            var work = new Counted(40, _ => Thread.SpinWait(2_000));
            WorkerTeam.Run(work, 40);
            work.AssertOnce();
            Assert.InRange(work.Threads.Distinct().Count(), 1, Environment.ProcessorCount);
        }
    }

    /// <summary>A worker that the system has stopped cannot be hurried: the caller then works alone for a while, and later with others again.</summary>
    [Fact]
    public void Who_has_waited_long_works_alone_for_a_while()
    {
        if (Environment.ProcessorCount == 1)
            return;
        var caller = Environment.CurrentManagedThreadId;
        for (var attempt = 0; attempt < 200 && WorkerTeam.CallsAlone == 0; attempt++)
            WorkerTeam.Run(new Counted(2, _ => Thread.Sleep(Environment.CurrentManagedThreadId == caller ? 1 : 15)), 2);
        var alone = WorkerTeam.CallsAlone;
        Assert.True(alone > 0, "Who waited goes on waiting.");
        for (; alone > 0; alone--)
        {
            Assert.Equal(alone, WorkerTeam.CallsAlone);
            var next = new Counted(2, _ => Thread.SpinWait(500));
            WorkerTeam.Run(next, 2);
            Assert.All(next.Threads, thread => Assert.Equal(caller, thread));
        }
        var again = 0;
        for (var call = 0; call < 5_000 && again == 0; call++)
        {
            var together = new Counted(2, _ => Thread.SpinWait(20_000));
            WorkerTeam.Run(together, 2);
            again = together.Threads.Count(thread => thread != caller);
        }
        Assert.True(again > 0, "No worker came any more.");
    }
}
