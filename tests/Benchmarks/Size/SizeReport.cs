using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace StsWebhook.Benchmarks.Size;

/// <summary>
/// Sizes in the native binary by assembly, from the statistics that the NativeAOT compiler writes with
/// <c>IlcGenerateMstatFile</c> (dotnet/runtime, src/coreclr/tools/aot/ILCompiler.Compiler/Compiler/MstatObjectDumper.cs): an
/// assembly with a method for each table, whose instructions are the rows. A row loads tokens or texts, then numbers.
/// </summary>
internal sealed class SizeReport
{
    private const int Rows = 25;

    private readonly PEReader file;
    private readonly MetadataReader metadata;
    private readonly Dictionary<string, (long Types, long Code, long Data)> sizes = new(StringComparer.Ordinal);

    private SizeReport(PEReader file)
    {
        this.file = file;
        metadata = file.GetMetadataReader();
        foreach (var handle in metadata.MethodDefinitions)
        {
            var table = metadata.GetMethodDefinition(handle);
            if (metadata.GetString(table.Name) is "Types" or "Methods" or "Blobs" or "RvaFields" or "FrozenObjects")
            {
                ReadTable(table);
            }
        }
    }

    /// <summary>Prints a table of the largest parts.</summary>
    public static void Print(string mstat)
    {
        using var statistics = new PEReader(File.OpenRead(mstat));
        var report = new SizeReport(statistics);
        Console.WriteLine("| part | KiB | types | code | data |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        var ordered = report.sizes.OrderByDescending(size => Total(size.Value)).ToList();
        foreach (var (name, size) in ordered.Take(Rows))
        {
            Row(name, size);
        }

        Row("all others", Sum(ordered.Skip(Rows)));
        Row("all", Sum(ordered));
    }

    private static void Row(string name, (long Types, long Code, long Data) size) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {Total(size) / 1024:N0} | {size.Types / 1024:N0} | {size.Code / 1024:N0} | {size.Data / 1024:N0} |"));

    private static long Total((long Types, long Code, long Data) size) => size.Types + size.Code + size.Data;

    private static (long Types, long Code, long Data) Sum(IEnumerable<KeyValuePair<string, (long Types, long Code, long Data)>> parts) =>
        parts.Aggregate((0L, 0L, 0L), (sum, part) => (sum.Item1 + part.Value.Types, sum.Item2 + part.Value.Code, sum.Item3 + part.Value.Data));

    private void ReadTable(MethodDefinition table)
    {
        var name = metadata.GetString(table.Name);
        var il = file.GetMethodBody(table.RelativeVirtualAddress).GetILReader();
        string? part = null;
        var numbers = new List<int>();
        while (il.RemainingBytes > 0)
        {
            switch ((ILOpCode)il.ReadByte())
            {
                case ILOpCode.Ldtoken:
                    var token = MetadataTokens.EntityHandle(il.ReadInt32());
                    Begin(AssemblyOf(token));
                    break;
                case ILOpCode.Ldstr:
                    Begin($"({metadata.GetUserString((UserStringHandle)MetadataTokens.Handle(il.ReadInt32()))})");
                    break;
                case ILOpCode.Ldc_i4:
                    numbers.Add(il.ReadInt32());
                    break;
                case ILOpCode.Ldc_i4_s:
                    numbers.Add(il.ReadSByte());
                    break;
                case ILOpCode.Ldc_i4_m1:
                    numbers.Add(-1);
                    break;
                case >= ILOpCode.Ldc_i4_0 and <= ILOpCode.Ldc_i4_8 and var small:
                    numbers.Add(small - ILOpCode.Ldc_i4_0);
                    break;
                case ILOpCode.Ret:
                    Begin(null);
                    break;
                default:
                    throw new InvalidDataException($"the table {name} has a format that this program does not know");
            }
        }

        void Begin(string? next)
        {
            // A second token in a row adds detail to the same part, such as the type of a frozen object.
            if (part is null || numbers.Count == 0)
            {
                part ??= next;
                return;
            }

            Add(name, part, numbers);
            numbers.Clear();
            part = next;
        }
    }

    private void Add(string table, string part, List<int> numbers)
    {
        var (types, code, data) = sizes.GetValueOrDefault(part);
        switch (table)
        {
            case "Types":
                types += numbers[0];
                break;
            case "Methods":
                // The code, its garbage collection information, its exception handling information.
                code += numbers[0] + numbers[1] + numbers[2];
                break;
            case "Blobs" when part == "(ArrayOfFrozenObjects)":
                // The frozen objects, which have a table of their own.
                return;
            default:
                data += numbers[0];
                break;
        }

        sizes[part] = (types, code, data);
    }

    private string AssemblyOf(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => ScopeOf(metadata.GetTypeReference((TypeReferenceHandle)handle).ResolutionScope),
        HandleKind.MemberReference => AssemblyOf(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent),
        HandleKind.MethodSpecification => AssemblyOf(metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
        HandleKind.TypeSpecification => AssemblyOf(metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature)),
        _ => throw new InvalidDataException($"no assembly has a {handle.Kind}"),
    };

    private string ScopeOf(EntityHandle scope) => scope.Kind == HandleKind.AssemblyReference
        ? metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)
        : AssemblyOf(scope);

    /// <summary>Counts an instance of a generic type for the assembly of that type, and an array for the assembly of its items.</summary>
    private string AssemblyOf(BlobReader signature)
    {
        while (true)
        {
            switch (signature.ReadSignatureTypeCode())
            {
                case SignatureTypeCode.TypeHandle:
                    return AssemblyOf(signature.ReadTypeHandle());
                case SignatureTypeCode.GenericTypeInstance:
                    signature.ReadSignatureTypeCode();
                    return AssemblyOf(signature.ReadTypeHandle());
                case SignatureTypeCode.SZArray or SignatureTypeCode.Array or SignatureTypeCode.Pointer or SignatureTypeCode.ByReference:
                    continue;
                default:
                    return "System.Private.CoreLib";
            }
        }
    }
}
