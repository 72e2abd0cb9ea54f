using System.Reflection;

namespace Dragoman.Architecture.Tests.PublicApi;

/// <summary>Writes the line that declares a type, and the text of a whole library.</summary>
internal static class TypeDeclaration
{
    /// <summary>The public API of a library: every public type, sorted, its members indented below it. The same for the same source.</summary>
    internal static string OfLibrary(Assembly library)
    {
        var types = library.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).ToList();
        var blocks = types.Select(type => string.Join('\n', new[] { Line(type) }.Concat(Members(type).Select(member => "    " + member))));
        return $"# Public API of {library.GetName().Name}\n\n{(types.Count == 0 ? "(no public types)" : string.Join("\n\n", blocks))}\n";
    }

    /// <summary>The <c>where</c> clauses of generic parameters, each with a leading space; empty for none.</summary>
    internal static string Constraints(IEnumerable<Type> parameters) => string.Concat(
        from parameter in parameters
        where parameter.IsGenericParameter
        let flags = parameter.GenericParameterAttributes
        let kinds = new[]
        {
            flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) ? "struct" : flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class" : null,
            flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) ? "new()" : null,
        }
        let bases = parameter.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)).Select(constraint => TypeName.Of(constraint))
        let all = kinds.OfType<string>().Concat(bases.Order(StringComparer.Ordinal)).ToList()
        where all.Count > 0
        select $" where {parameter.Name} : {string.Join(", ", all)}");

    private static IEnumerable<string> Members(Type type) => type.IsAssignableTo(typeof(Delegate)) ? [] : new MemberSignature(type).All();

    private static string Line(Type type)
    {
        var name = (type.Namespace is { } space ? space + "." : "") + TypeName.Of(type);
        if (type.IsAssignableTo(typeof(Delegate)))
        {
            var invoke = type.GetMethod("Invoke")!;
            var signature = new MemberSignature(type);
            return $"delegate {signature.Return(invoke)} {name}({signature.Parameters(invoke.GetParameters())})";
        }
        var bases = Bases(type).ToList();
        return $"{Kind(type)} {name}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}{Constraints(type.GetGenericArguments())}";
    }

    private static string Kind(Type type)
    {
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        if (type.IsEnum) return "enum";
        if (type.IsInterface) return "interface";
        var record = type.GetMethod("PrintMembers", any) is not null ? "record " : "";
        if (type.IsValueType)
        {
            var isReadOnly = type.GetCustomAttributesData().Any(attribute => attribute.AttributeType.Name == "IsReadOnlyAttribute");
            return $"{(isReadOnly ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{record}struct";
        }
        var inheritance = type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        return inheritance + (record.Length > 0 ? "record" : "class");
    }

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum) return Enum.GetUnderlyingType(type) == typeof(int) ? [] : [TypeName.Of(Enum.GetUnderlyingType(type))];
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var interfaces = type.GetInterfaces().Except(inherited)
            .Where(contract => contract != typeof(IEquatable<>).MakeGenericType(type)); // every record has it
        var parent = type.BaseType is { } from && from != typeof(object) && from != typeof(ValueType) ? new[] { TypeName.Of(from) } : [];
        return parent.Concat(interfaces.Select(contract => TypeName.Of(contract)).Order(StringComparer.Ordinal));
    }
}
