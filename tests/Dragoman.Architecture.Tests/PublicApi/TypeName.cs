using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Dragoman.Architecture.Tests.PublicApi;

/// <summary>Writes a type as C# does, without namespaces, with nullable annotations and the names of tuple elements.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(decimal)] = "decimal", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
    };

    /// <summary>A type as a member declares it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="nullability">What the member says about null; null where that is unknown (base types, constraints).</param>
    /// <param name="attributes">The member's attributes, which hold its tuple names; null for none.</param>
    internal static string Of(Type type, NullabilityInfo? nullability = null, IEnumerable<Attribute>? attributes = null)
    {
        var names = attributes?.OfType<TupleElementNamesAttribute>().FirstOrDefault()?.TransformNames ?? [];
        return Write(type, nullability, new Queue<string?>(names));
    }

    private static string Write(Type type, NullabilityInfo? nullability, Queue<string?> tupleNames)
    {
        if (type.IsByRef) return Write(type.GetElementType()!, nullability?.ElementType ?? nullability, tupleNames);
        if (type.IsPointer) return Write(type.GetElementType()!, null, tupleNames) + "*";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Write(underlying, nullability?.GenericTypeArguments.FirstOrDefault(), tupleNames) + "?";
        var mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray) return $"{Write(type.GetElementType()!, nullability?.ElementType, tupleNames)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        if (Keywords.TryGetValue(type, out var keyword)) return keyword + mark;
        if (type.IsGenericParameter || !type.IsGenericType) return Nested(type) + type.Name + mark;
        return type.IsAssignableTo(typeof(ITuple)) && type.IsValueType ? Tuple(type, nullability, tupleNames) : Generic(type, nullability, tupleNames) + mark;
    }

    private static string Tuple(Type type, NullabilityInfo? nullability, Queue<string?> tupleNames)
    {
        var elements = type.GetGenericArguments();
        var names = elements.Select(_ => tupleNames.TryDequeue(out var name) ? name : null).ToList(); // all of this tuple's before those inside it
        return $"({string.Join(", ", elements.Select((element, i) => $"{Write(element, Argument(nullability, i), tupleNames)} {names[i]}".TrimEnd()))})";
    }

    private static string Generic(Type type, NullabilityInfo? nullability, Queue<string?> tupleNames)
    {
        var inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var name = new StringBuilder(Nested(type)).Append(type.Name.Split('`')[0]);
        var arguments = type.GetGenericArguments().Select((argument, i) => Write(argument, Argument(nullability, i), tupleNames)).Skip(inherited).ToList();
        if (arguments.Count > 0) name.Append('<').AppendJoin(", ", arguments).Append('>');
        return name.ToString();
    }

    private static NullabilityInfo? Argument(NullabilityInfo? nullability, int index) =>
        nullability is not null && index < nullability.GenericTypeArguments.Length ? nullability.GenericTypeArguments[index] : null;

    private static string Nested(Type type) =>
        type is { IsNested: true, IsGenericParameter: false } ? Nested(type.DeclaringType!) + type.DeclaringType!.Name.Split('`')[0] + "." : "";
}
