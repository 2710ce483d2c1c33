package io.retaillake.jobs.ops.sql;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;

/**
 * The statements of a text, each ended by a semicolon; the last one may do without. Spark's own lexer tells semicolons from those in
 * texts and comments.
 *
 * @param statements in their order; what is nothing but comments is none
 * @param isEnded whether there is nothing after the last semicolon, and no quotation mark or comment is open
 */
record Script(List<Statement> statements, boolean isEnded) {

    /**
     * A statement.
     *
     * @param number from 1
     * @param line on which it begins, from 1
     * @param text without the semicolon and the comments around it
     */
    record Statement(int number, int line, String text) {}

    /** Takes a text apart, whatever it is. */
    static Script of(String text) {
        int[] letters = text.codePoints().toArray();
        SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(text)));
        lexer.removeErrorListeners();
        List<Statement> statements = new ArrayList<>();
        boolean open = false;
        Token first = null;
        Token last = null;
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            // By their names, because their numbers change from one version of Spark to the next.
            String kind = SqlBaseLexer.VOCABULARY.getSymbolicName(token.getType());
            if (kind.equals("SEMICOLON")) {
                add(statements, first, last, letters);
                first = null;
            } else if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                first = first == null ? token : first;
                last = token;
            }
            // A quotation mark without its partner is a letter that belongs to nothing.
            open |= kind.equals("UNRECOGNIZED") && "'\"`".contains(token.getText());
        }
        add(statements, first, last, letters);
        return new Script(List.copyOf(statements), first == null && !open && !lexer.has_unclosed_bracketed_comment);
    }

    private static void add(List<Statement> statements, Token first, Token last, int[] letters) {
        if (first != null) {
            int begin = first.getStartIndex();
            String text = new String(letters, begin, last.getStopIndex() + 1 - begin);
            statements.add(new Statement(statements.size() + 1, first.getLine(), text));
        }
    }
}
