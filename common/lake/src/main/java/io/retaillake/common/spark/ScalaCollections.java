package io.retaillake.common.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import scala.Tuple2;
import scala.collection.Iterable;
import scala.collection.Iterator;

/**
 * Scala's collections as Java's. Scala's own converters are in other classes in 2.13 than in 2.12; these use what both have.
 */
public final class ScalaCollections {

    private ScalaCollections() {}

    /** What the iterator has left, in its order. */
    public static <T> List<T> list(Iterator<T> elements) {
        List<T> list = new ArrayList<>();
        while (elements.hasNext()) {
            list.add(elements.next());
        }
        return list;
    }

    /** A copy, in the collection's order. */
    public static <T> List<T> list(Iterable<T> elements) {
        return list(elements.iterator());
    }

    /** A copy, in the map's order. */
    public static <K, V> Map<K, V> map(scala.collection.Map<K, V> entries) {
        Map<K, V> map = new LinkedHashMap<>();
        for (Tuple2<K, V> entry : list(entries.iterator())) {
            map.put(entry._1(), entry._2());
        }
        return map;
    }
}
