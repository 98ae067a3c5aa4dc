using System.Globalization;
using System.Text;

namespace Homer.Search.Store;

/// <summary>
/// Cuts the text of a query into tokens, by the rules of Kibana's grammar (kuery/grammar/grammar.peggy), with two differences: keywords are whole
/// words (Kibana stops <c>cannot do</c> at <c>not</c>), and a backslash also keeps a blank.
/// </summary>
sealed class QueryLexer
{
    readonly string _text;
    readonly List<QueryToken> _tokens = [];
    int _at;

    QueryLexer(string text) => _text = text;

    /// <summary>The tokens, the last of them <see cref="TokenKind.End"/>.</summary>
    public static IReadOnlyList<QueryToken> Read(string text)
    {
        var lexer = new QueryLexer(text);
        lexer.ReadAll();
        return lexer._tokens;
    }

    void ReadAll()
    {
        while (true)
        {
            while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
                _at++;
            if (_at == _text.Length)
                break;

            switch (_text[_at])
            {
                case '(':
                    Add(TokenKind.OpenParenthesis, 1);
                    break;
                case ')':
                    Add(TokenKind.CloseParenthesis, 1);
                    break;
                case ':':
                    Add(TokenKind.Colon, 1);
                    break;
                case '<' or '>':
                    Add(TokenKind.Comparison, Next() == '=' ? 2 : 1);
                    break;
                case '=':
                    Add(TokenKind.Equals, 1);
                    break;
                case '!' when Next() == '=':
                    Add(TokenKind.Equals, 2);
                    break;
                case '"':
                    ReadQuoted();
                    break;
                case '{' or '}':
                    throw Mistake.At("Braces are not part of this language; put the value in quotes.", _at, 1);
                default:
                    ReadWord();
                    break;
            }
        }

        _tokens.Add(new QueryToken(TokenKind.End, [""], _text.Length, _text.Length));
    }

    char Next() => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    void Add(TokenKind kind, int length)
    {
        _tokens.Add(new QueryToken(kind, [_text.Substring(_at, length)], _at, _at + length));
        _at += length;
    }

    void ReadQuoted()
    {
        int start = _at++;
        var value = new StringBuilder();
        while (_at < _text.Length && _text[_at] != '"')
            value.Append(ReadCharacter("\"\\"));
        if (_at == _text.Length)
            throw Mistake.At("This quote is never closed.", start, 1);
        _at++;
        _tokens.Add(new QueryToken(TokenKind.Quoted, [value.ToString()], start, _at));
    }

    void ReadWord()
    {
        int start = _at;
        int escape = _text[_at] == '\\' ? 1 : 0;
        if (Keyword(_at + escape) is { } keyword)
        {
            int end = _at + escape + (keyword == TokenKind.Or ? 2 : 3);
            string text = _text[(_at + escape)..end];
            _tokens.Add(new QueryToken(escape == 0 ? keyword : TokenKind.Word, [text], start, end));
            _at = end;
            return;
        }

        var parts = new List<string>();
        var part = new StringBuilder();
        while (_at < _text.Length && !EndsWord(_at))
        {
            if (_text[_at] == '*')
            {
                parts.Add(part.ToString());
                part.Clear();
                _at++;
            }
            else
            {
                part.Append(ReadCharacter(QueryText.Special, keepsBlanks: true));
            }
        }

        parts.Add(part.ToString());
        _tokens.Add(new QueryToken(TokenKind.Word, [.. parts], start, _at));
    }

    bool EndsWord(int at) =>
        char.IsWhiteSpace(_text[at]) || "():<>\"{}=".Contains(_text[at], StringComparison.Ordinal)
        || (_text[at] == '!' && at + 1 < _text.Length && _text[at + 1] == '=');

    /// <summary>The keyword that is the whole word here.</summary>
    TokenKind? Keyword(int at)
    {
        foreach ((string word, TokenKind kind) in new[] { ("and", TokenKind.And), ("or", TokenKind.Or), ("not", TokenKind.Not) })
        {
            int end = at + word.Length;
            if (string.Compare(_text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
                && (end == _text.Length || (_text[end] != '*' && EndsWord(end))))
                return kind;
        }

        return null;
    }

    /// <summary>One character, or the one that an escape stands for; a backslash before any other character is a backslash.</summary>
    char ReadCharacter(string escapable, bool keepsBlanks = false)
    {
        char letter = _text[_at++];
        if (letter != '\\' || _at == _text.Length)
            return letter;

        char escaped = _text[_at];
        char? meant = escaped switch
        {
            't' => '\t',
            'r' => '\r',
            'n' => '\n',
            _ when escapable.Contains(escaped, StringComparison.Ordinal) || (keepsBlanks && char.IsWhiteSpace(escaped)) => escaped,
            _ => null,
        };
        if (meant is { } character)
        {
            _at++;
            return character;
        }

        if (escaped == 'u' && _at + 5 <= _text.Length
            && ushort.TryParse(_text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
        {
            _at += 5;
            return (char)unit;
        }

        return letter;
    }
}
