using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Homer.Search.Tests.Fuzz;

/// <summary>JSON by RFC 8259, strictly: what has one mistake is not read at all.</summary>
sealed class SlowJson
{
    const int Deepest = 32;
    const int MostLeaves = 1024;

    readonly string _text;
    readonly List<(string Path, string Text, int Holder)> _leaves = [];
    int _place;
    int _holders;

    SlowJson(string text) => _text = text;

    /// <summary>The leaves of an object or array; null when it is not JSON throughout.</summary>
    internal static IReadOnlyList<(string Path, string Text, int Holder)>? Read(byte[] octets)
    {
        string trimmed = FuzzTarget.Text(octets).Trim(' ', '\t', '\r', '\n', '\0');
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(FuzzTarget.Octets(trimmed));
        }
        catch (DecoderFallbackException)
        {
            text = trimmed;
        }

        if (text.StartsWith('"'))
            text = "{" + text + "}";
        if (!text.StartsWith('{') && !text.StartsWith('['))
            return [];
        var json = new SlowJson(text);
        try
        {
            json.Value("", 0, 1);
            json.Blank();
        }
        catch (FormatException)
        {
            return null;
        }

        return json._place == text.Length && json._leaves.Count <= MostLeaves ? json._leaves : null;
    }

    void Value(string path, int holder, int depth)
    {
        Blank();
        switch (Peek())
        {
            case '{' or '[' when depth > Deepest:
                throw new FormatException();
            case '{':
                int own = ++_holders;
                Members('}', () =>
                {
                    Blank();
                    string name = String();
                    Blank();
                    Take(':');
                    Value(name.Length == 0 ? path : path.Length == 0 ? name : path + "." + name, own, depth + 1);
                });
                break;
            case '[':
                Members(']', () => Value(path, holder, depth + 1));
                break;
            case '"':
                _leaves.Add((path, String(), holder));
                break;
            default:
                Match word = Regex.Match(_text[_place..], @"\A(true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?)(?![0-9a-zA-Z.+\-])");
                if (!word.Success)
                    throw new FormatException();
                _place += word.Length;
                // .NET gives true and false as they are written.
                if (word.Value != "null")
                    _leaves.Add((path, word.Value, holder));
                break;
        }
    }

    void Members(char end, Action member)
    {
        _place++;
        Blank();
        if (Peek() == end)
        {
            _place++;
            return;
        }

        for (; ; _place++)
        {
            member();
            Blank();
            if (Peek() == end)
            {
                _place++;
                return;
            }

            if (Peek() != ',')
                throw new FormatException();
        }
    }

    string String()
    {
        Take('"');
        var text = new StringBuilder();
        for (; Peek() != '"'; _place++)
        {
            char letter = Peek();
            if (letter < ' ')
                throw new FormatException();
            if (letter != '\\')
            {
                text.Append(letter);
                continue;
            }

            _place++;
            text.Append(Peek() switch
            {
                '"' => '"',
                '\\' => '\\',
                '/' => '/',
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => Unit(),
                _ => throw new FormatException(),
            });
        }

        _place++;
        string whole = text.ToString();
        // Half a surrogate pair is no text: what then comes is for the reader to choose.
        for (int index = 0; index < whole.Length; index++)
            if (char.IsSurrogate(whole[index]) && !(index + 1 < whole.Length && char.IsSurrogatePair(whole[index], whole[++index])))
                throw new FormatException();
        return whole;
    }

    char Unit()
    {
        string digits = _place + 5 <= _text.Length ? _text.Substring(_place + 1, 4) : "";
        _place += 4;
        return digits.Length == 4 && digits.All(char.IsAsciiHexDigit) ? (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : throw new FormatException();
    }

    void Blank()
    {
        while (_place < _text.Length && _text[_place] is ' ' or '\t' or '\r' or '\n')
            _place++;
    }

    char Peek() => _place < _text.Length ? _text[_place] : throw new FormatException();

    void Take(char letter)
    {
        if (Peek() != letter)
            throw new FormatException();
        _place++;
    }
}
