namespace Dragoman.Collections;

/// <summary>
/// The primary languages that are known: ISO 639-1 with its three-letter equivalents and withdrawn codes, three-letter languages that collections use, and
/// <see cref="LanguageShape.Unknown"/>.
/// </summary>
public static class LanguageCodes
{
    // ISO 639-1 and ISO 639-3; Serbo-Croatian (sh, hbs) is withdrawn but Wikipedia and CLIRMatrix use it.
    private const string TwoAndThree =
        "aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul bi:bis bm:bam bn:ben bo:bod br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre " +
        "cs:ces cu:chu cv:chv cy:cym da:dan de:deu dv:div dz:dzo ee:ewe el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg gn:grn " +
        "gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:hye hz:her ia:ina id:ind ie:ile ig:ibo ii:iii ik:ipk io:ido is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kg:kon ki:kik " +
        "kj:kua kk:kaz kl:kal km:khm kn:kan ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit lu:lub lv:lav mg:mlg mh:mah mi:mri mk:mkd ml:mal " +
        "mn:mon mr:mar ms:msa mt:mlt my:mya na:nau nb:nob nd:nde ne:nep ng:ndo nl:nld nn:nno no:nor nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol ps:pus pt:por " +
        "qu:que rm:roh rn:run ro:ron ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag sh:hbs si:sin sk:slk sl:slv sm:smo sn:sna so:som sq:sqi sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam " +
        "te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha " +
        "zh:zho zu:zul";

    // ISO 639-2/B, where it differs, and withdrawn two-letter codes; bh as CLDR replaces it.
    private const string OlderCodes =
        "alb:sq arm:hy baq:eu bh:bho bur:my chi:zh cze:cs dut:nl fre:fr geo:ka ger:de gre:el ice:is mac:mk mao:mi may:ms per:fa rum:ro slo:sk tib:bo wel:cy iw:he in:id ji:yi jw:jv mo:ro";

    private const string ThreeOnly =
        "ace als ang arc ars ary arz ast awa azb bal ban bar bcl bho bjn bpy bug bxr cbk cdo ceb ckb cnr crh csb dag diq dsb dtp eml ext fil frp frr fur gag gan glk gom gor gsw hak haw hif hsb hyw " +
        "ilo inh kaa kab kbd kea khk kmr koi krc ksh lad lbe lez lfn lij lmo lrc ltg lus lvs lzh mai mdf mhr min mrj mwl myv mzn nah nan nap nds new nov npi nso nus olo ory ota pag pam pap pbt pcd " +
        "pcm pdc pes pfl plt pms pnb pnt prs quy rmy rue sah sat scn sco sgs shn sma smj smn stq swc swh szl szy tcy tet tgl tpi tum tyv udm uzn vec vep vls vro war wuu xal xmf ydd yue zea zgh zsm";

    private static readonly Dictionary<string, string> Preferred = Load();

    /// <summary>The code that is used for a language: the two-letter one where there is one.</summary>
    /// <param name="code">Two or three lower-case letters.</param>
    /// <returns><c>kk</c> for <c>kaz</c>, <c>he</c> for the withdrawn <c>iw</c>; null for a code that is not known.</returns>
    public static string? PreferredOf(string code) => Preferred.GetValueOrDefault(code);

    /// <summary>The BCP 47 tag for a language as publishers spell it: ISO 639-3 (<c>zho</c>), with an underscore (<c>zh_cn</c>), or a tag already.</summary>
    /// <param name="code">The code; empty means <see cref="LanguageShape.Unknown"/>.</param>
    /// <returns><c>zh</c> for <c>zho</c>, <c>zh-CN</c> for <c>zh_cn</c>, <c>kk</c> for <c>kk</c>; null for what is no language.</returns>
    public static string? TagOf(string code)
    {
        if (LanguageShape.Normalise(code.Replace('_', '-')) is not { } tag) return null;
        var end = tag.IndexOf('-', StringComparison.Ordinal);
        var primary = end < 0 ? tag : tag[..end];
        return PreferredOf(primary) is { } preferred ? preferred + tag[primary.Length..] : tag;
    }

    /// <summary>The ISO 639-3 code of a tag, as TREC's and Patapsco's files spell languages.</summary>
    /// <param name="tag">A BCP 47 tag.</param>
    /// <returns><c>zho</c> for <c>zh</c>; the tag itself when it has subtags or no other code.</returns>
    public static string ThreeLettersOf(string tag)
    {
        var at = tag.Length == 2 ? TwoAndThree.IndexOf(tag + ":", StringComparison.Ordinal) : -1;
        return at < 0 ? tag : TwoAndThree.Substring(at + 3, 3);
    }

    private static Dictionary<string, string> Load()
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal) { [LanguageShape.Unknown] = LanguageShape.Unknown };
        foreach (var code in ThreeOnly.Split(' ')) codes[code] = code;
        foreach (var pair in TwoAndThree.Split(' '))
        {
            codes[pair[..2]] = pair[..2];
            codes[pair[3..]] = pair[..2];
        }
        foreach (var pair in OlderCodes.Split(' '))
        {
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            codes[pair[..colon]] = pair[(colon + 1)..];
        }
        return codes;
    }
}
