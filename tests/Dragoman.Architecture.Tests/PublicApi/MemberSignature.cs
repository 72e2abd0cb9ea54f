using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Dragoman.Architecture.Tests.PublicApi;

/// <summary>Writes the public and protected members of a type, one line each, as C# declares them.</summary>
internal sealed class MemberSignature(Type type)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>Fields, constructors, properties, events, methods: in this order, each ordinally sorted.</summary>
    internal IEnumerable<string> All() =>
        type.IsEnum ? EnumValues() : [.. Sorted(Fields()), .. Sorted(Constructors()), .. Sorted(Properties()), .. Sorted(Events()), .. Sorted(Methods())];

    /// <summary>A method's parameters in brackets; also of a delegate.</summary>
    internal string Parameters(IEnumerable<ParameterInfo> parameters) => string.Join(", ", parameters.Select(Parameter));

    /// <summary>A method's return type, also of a delegate.</summary>
    internal string Return(MethodInfo method)
    {
        var parameter = method.ReturnParameter;
        var by = !parameter.ParameterType.IsByRef ? "" : parameter.GetRequiredCustomModifiers().Length > 0 ? "ref readonly " : "ref ";
        return by + TypeName.Of(parameter.ParameterType, _nullability.Create(parameter), parameter.GetCustomAttributes());
    }

    private static IOrderedEnumerable<string> Sorted(IEnumerable<string> lines) => lines.Order(StringComparer.Ordinal);

    private IEnumerable<string> EnumValues() =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (field.Name, Value: Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)))
            .OrderBy(value => value.Value).Select(value => $"{value.Name} = {value.Value.ToString(CultureInfo.InvariantCulture)}");

    private IEnumerable<string> Fields() =>
        from field in type.GetFields(Declared)
        where IsVisible(field.Attributes & FieldAttributes.FieldAccessMask) && !IsGenerated(field)
        let kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "")
        let value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : ""
        select $"{Access(field.IsPublic)}{kind}{TypeName.Of(field.FieldType, _nullability.Create(field), field.GetCustomAttributes())} {field.Name}{value}";

    private IEnumerable<string> Constructors() =>
        from constructor in type.GetConstructors(Declared)
        where !constructor.IsStatic && IsVisible(constructor) && !IsGenerated(constructor)
        select $"{Access(constructor.IsPublic)}{type.Name.Split('`')[0]}({Parameters(constructor.GetParameters())})";

    private IEnumerable<string> Properties()
    {
        foreach (var property in type.GetProperties(Declared))
        {
            var accessors = new[] { property.GetMethod, property.SetMethod }.OfType<MethodInfo>().Where(IsVisible).ToList();
            if (accessors.Count == 0 || IsGenerated(property) || property.Name == "EqualityContract") continue;
            var isPublic = accessors.Exists(accessor => accessor.IsPublic);
            var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
            var name = property.GetIndexParameters() is { Length: > 0 } indices ? $"this[{Parameters(indices)}]" : property.Name;
            var shape = string.Join(" ", accessors.Select(accessor => (isPublic && !accessor.IsPublic ? "protected " : "") + Accessor(accessor)));
            yield return $"{Access(isPublic)}{Modifiers(accessors[0])}{required}{TypeName.Of(property.PropertyType, _nullability.Create(property), property.GetCustomAttributes())} {name} {{ {shape} }}";
        }
    }

    private IEnumerable<string> Events() =>
        from happening in type.GetEvents(Declared)
        where happening.AddMethod is { } add && IsVisible(add)
        select $"{Access(happening.AddMethod!.IsPublic)}{Modifiers(happening.AddMethod)}event {TypeName.Of(happening.EventHandlerType!, _nullability.Create(happening))} {happening.Name}";

    private IEnumerable<string> Methods() =>
        from method in type.GetMethods(Declared)
        where IsVisible(method) && !IsGenerated(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        let extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : ""
        select $"{Access(method.IsPublic)}{Modifiers(method)}{Return(method)} {Name(method)}({extension}{Parameters(method.GetParameters())}){TypeDeclaration.Constraints(method.GetGenericArguments())}";

    private string Parameter(ParameterInfo parameter)
    {
        var by = !parameter.ParameterType.IsByRef ? parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : ""
            : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        var value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{by}{TypeName.Of(parameter.ParameterType, _nullability.Create(parameter), parameter.GetCustomAttributes())} {parameter.Name}{value}";
    }

    private static string Name(MethodInfo method) =>
        method.IsGenericMethod ? $"{method.Name}<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : method.Name;

    private static string Accessor(MethodInfo accessor) =>
        accessor.ReturnType != typeof(void) ? "get;"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;";

    private string Modifiers(MethodInfo method) =>
        method.IsStatic ? method.IsAbstract ? "static abstract " : "static "
        : type.IsInterface ? ""
        : method.IsAbstract ? "abstract "
        : method.IsVirtual && method.GetBaseDefinition() != method ? "override "
        : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static string Literal(object? value, Type? declared = null) => value switch
    {
        null => declared is { IsValueType: true } && Nullable.GetUnderlyingType(declared) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ when declared is { IsEnum: true } => $"{declared.Name}.{Enum.ToObject(declared, value)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private bool IsVisible(MethodBase method) => method.IsPublic || (!type.IsSealed && (method.IsFamily || method.IsFamilyOrAssembly));

    private bool IsVisible(FieldAttributes access) =>
        access == FieldAttributes.Public || (!type.IsSealed && access is FieldAttributes.Family or FieldAttributes.FamORAssem);

    private static bool IsGenerated(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute));

    private static string Access(bool isPublic) => isPublic ? "" : "protected ";
}
