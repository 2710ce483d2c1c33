package io.retaillake.common.sql;

import io.retaillake.common.spark.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import scala.Product;
import scala.collection.Iterable;

/** Walks everything that a parsed plan is made of: its nodes, their expressions, the queries in those, names and options. */
public final class PlanParts {

    private PlanParts() {}

    /**
     * {@code part} and all that it is made of, outermost first; strings in their collections, too.
     *
     * @param into what to walk instead of a part; null to leave it out
     */
    public static List<Object> of(Object part, Function<Object, Object> into) {
        List<Object> parts = new ArrayList<>();
        add(part, into, parts);
        return parts;
    }

    private static void add(Object part, Function<Object, Object> into, List<Object> parts) {
        Object walked = into.apply(part);
        if (walked == null) {
            return;
        }
        parts.add(walked);
        elements(walked).forEach(element -> add(element, into, parts));
    }

    private static Stream<?> elements(Object part) {
        if (part instanceof Iterable<?> many) {
            return ScalaCollections.list(many).stream();
        }
        if (part instanceof Product product) {
            return ScalaCollections.list(product.productIterator()).stream();
        }
        if (part instanceof Map<?, ?> map) {
            return map.values().stream();
        }
        return Stream.empty();
    }

    /** The names that {@code part} is, where it is a name of several parts; else empty. */
    public static List<String> name(Object part) {
        if (!(part instanceof scala.collection.Seq<?> many)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (Object element : ScalaCollections.list(many)) {
            if (!(element instanceof String text)) {
                return List.of();
            }
            names.add(text);
        }
        return names;
    }
}
