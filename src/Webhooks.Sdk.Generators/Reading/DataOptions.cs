using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// The options of <c>[WebhookData]</c>.
/// </summary>
/// <param name="Naming">A <c>JsonKnownNamingPolicy</c>.</param>
/// <param name="Omission">When members are left out that do not say it themselves.</param>
internal sealed record DataOptions(int Naming, Omission Omission)
{
    private const int CamelCase = 1;

    public static DataOptions Read(INamedTypeSymbol type, AttributeData attribute, List<Finding> findings)
    {
        int naming = Find(attribute, "Naming") ?? CamelCase;
        int condition = Find(attribute, "DefaultIgnoreCondition") ?? (int)IgnoreCondition.Never;
        Location place = attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? type.Locations[0];

        if (!JsonNames.IsKnown(naming))
        {
            findings.Add(Finding.Create(Rules.InvalidOption, place, "Naming", type.Name, "a member of JsonKnownNamingPolicy"));
        }

        if (ToOmission((IgnoreCondition)condition) is not { } omission)
        {
            findings.Add(Finding.Create(
                Rules.InvalidOption, place, "DefaultIgnoreCondition", type.Name, "Never, WhenWritingNull or WhenWritingDefault"));
            omission = Omission.Never;
        }

        return new DataOptions(naming, omission);
    }

    private static Omission? ToOmission(IgnoreCondition condition) => condition switch
    {
        IgnoreCondition.Never => Omission.Never,
        IgnoreCondition.WhenWritingNull => Omission.WhenNull,
        IgnoreCondition.WhenWritingDefault => Omission.WhenDefault,
        _ => null,
    };

    private static int? Find(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value as int?;
}
