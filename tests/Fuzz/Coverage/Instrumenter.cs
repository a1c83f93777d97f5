using System.Numerics;
using dnlib.DotNet;
using dnlib.DotNet.Emit;

namespace StsWebhook.Fuzz.Coverage;

/// <summary>
/// Inserts a call of <see cref="EdgeTrace.Enter"/> at the beginning of each block of an assembly, as SharpFuzz and AFL do. Blocks are
/// numbered in the order of the code, so that equal builds give equal coverage, and a run can be repeated.
/// </summary>
internal sealed class Instrumenter
{
    /// <summary>Knuth's multiplier: neighbouring blocks get distant numbers, so that their edges do not share cells.</summary>
    private const uint Spread = 2654435769;

    private readonly HashSet<string> literals = new(StringComparer.Ordinal);
    private uint blocks;

    /// <summary>Number of blocks that call <see cref="EdgeTrace.Enter"/>.</summary>
    public int Blocks => (int)blocks;

    /// <summary>The string literals of the code, which include the keywords of the formats that it reads.</summary>
    public IReadOnlyCollection<string> Literals => literals;

    /// <summary>Instruments an assembly.</summary>
    /// <param name="path">The assembly's file, which is not changed.</param>
    /// <param name="isMeant">Which types to instrument.</param>
    public byte[] Instrument(string path, Predicate<string> isMeant)
    {
        using var module = ModuleDefMD.Load(path);
        var enter = module.Import(typeof(EdgeTrace).GetMethod(nameof(EdgeTrace.Enter))!);
        foreach (var type in module.GetTypes())
        {
            var outermost = type;
            while (outermost.DeclaringType is { } around)
            {
                outermost = around;
            }

            foreach (var method in type.Methods.Where(m => m.HasBody && isMeant(outermost.Namespace)))
            {
                Collect(method.Body);
                Instrument(method.Body, enter);
            }
        }

        using var output = new MemoryStream();
        module.Write(output);
        return output.ToArray();
    }

    private void Collect(CilBody body)
    {
        foreach (var instruction in body.Instructions)
        {
            if (instruction.OpCode.Code == Code.Ldstr && instruction.Operand is string { Length: > 0 and <= 48 } text)
            {
                literals.Add(text);
            }
        }
    }

    /// <summary>
    /// Branches and handlers refer to the first instruction of a block as an object. This object becomes the first instruction of
    /// the call, and a copy of the original follows the call, so that no reference needs to change.
    /// </summary>
    private void Instrument(CilBody body, IMethod enter)
    {
        body.SimplifyBranches();
        var starts = StartsOf(body);
        var instructions = body.Instructions.ToArray();
        body.Instructions.Clear();
        foreach (var instruction in instructions)
        {
            body.Instructions.Add(instruction);
            if (starts.Contains(instruction))
            {
                body.Instructions.Add(OpCodes.Call.ToInstruction(enter));
                body.Instructions.Add(new Instruction(instruction.OpCode, instruction.Operand));
                instruction.OpCode = OpCodes.Ldc_I4;
                instruction.Operand = (int)(BitOperations.RotateLeft(++blocks * Spread, 16) & (EdgeTrace.Cells - 1));
            }
        }

        body.OptimizeBranches();
    }

    private static HashSet<Instruction> StartsOf(CilBody body)
    {
        var starts = new HashSet<Instruction> { body.Instructions[0] };
        for (var i = 0; i < body.Instructions.Count; i++)
        {
            var instruction = body.Instructions[i];
            if (instruction.Operand is Instruction target)
            {
                starts.Add(target);
            }
            else if (instruction.Operand is IList<Instruction> targets)
            {
                starts.UnionWith(targets);
            }

            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch)
            {
                starts.Add(body.Instructions[i + 1]);
            }
        }

        starts.UnionWith(body.ExceptionHandlers.Select(handler => handler.HandlerStart));
        return starts;
    }
}
