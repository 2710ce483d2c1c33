package io.retaillake.streaming.kinesis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** A stream's shards and which became which by splits and merges. A shard is listed for as long as it may have records. */
final class ShardLineage {

    private final NavigableMap<String, Shard> shards = new TreeMap<>();

    ShardLineage(List<Shard> listed) {
        listed.forEach(shard -> shards.put(shard.shardId(), shard));
    }

    /** All that is there: the shards without a listed parent, from their oldest records on. */
    KinesisOffset oldest() {
        Map<String, ShardPosition> oldest = new TreeMap<>();
        shards.values().stream()
                .filter(shard -> parents(shard).noneMatch(shards::containsKey))
                .forEach(shard -> oldest.put(shard.shardId(), ShardPosition.TRIM_HORIZON));
        return new KinesisOffset(oldest);
    }

    /** What arrives from a time on: the shards without children, which are those that are open. */
    KinesisOffset openAt(long milliseconds) {
        Map<String, ShardPosition> open = new TreeMap<>();
        shards.keySet().stream()
                .filter(shard -> children(shard).isEmpty())
                .forEach(shard -> open.put(shard, ShardPosition.atTimestamp(milliseconds)));
        return new KinesisOffset(open);
    }

    /**
     * {@code reached} with the children of shards that were read to their end, and without those shards. A child of a merge waits for
     * both parents.
     */
    KinesisOffset withChildren(KinesisOffset reached) {
        Set<String> toCome = new HashSet<>();
        reached.shards().keySet().forEach(shard -> addDescendants(shard, toCome));
        SortedMap<String, ShardPosition> next = new TreeMap<>(reached.shards());
        reached.shards().forEach((shard, position) -> {
            if (position.isEnd()) {
                children(shard).stream()
                        .filter(child -> parents(child).allMatch(parent -> isRead(parent, reached, toCome)))
                        .forEach(child -> next.putIfAbsent(child.shardId(), ShardPosition.TRIM_HORIZON));
            }
        });
        next.entrySet()
                .removeIf(entry -> entry.getValue().isEnd()
                        && (!shards.containsKey(entry.getKey())
                                || children(entry.getKey()).stream()
                                        .anyMatch(child -> next.containsKey(child.shardId()))));
        return new KinesisOffset(next);
    }

    /** Whether a shard was read to its end, maybe so long ago that {@code reached} does not have it any more. */
    private static boolean isRead(String shard, KinesisOffset reached, Set<String> toCome) {
        return reached.shards().containsKey(shard) ? reached.position(shard).isEnd() : !toCome.contains(shard);
    }

    /** Why nobody can go on from {@code reached} without a loss, one message for each shard. */
    List<String> problems(KinesisOffset reached) {
        List<String> problems = new ArrayList<>();
        reached.shards().forEach((shard, position) -> {
            Shard listed = shards.get(shard);
            if (listed == null && !position.isEnd()) {
                problems.add(shard + " was read up to " + position
                        + ", and the stream has no such shard: it was deleted, or its records expired");
            } else if (listed != null && position.isEnd() && isOpen(listed)) {
                problems.add(shard + " was read to its end, and is open: the stream was deleted and created again");
            } else if (listed == null && position.isEnd() && hasOnlyNewChildren(shard, reached)) {
                problems.add(
                        shard + " was read to its end and has expired since, so that the first records of the shards"
                                + " that took its place may have, too");
            }
        });
        Set<String> known = related(reached.shards().keySet());
        shards.keySet().stream()
                .filter(shard -> !known.contains(shard))
                .forEach(shard -> problems.add(
                        shard + " comes from none of the shards that were read: those between have expired"));
        return problems;
    }

    private boolean hasOnlyNewChildren(String shard, KinesisOffset reached) {
        List<Shard> children = children(shard);
        return !children.isEmpty()
                && children.stream().noneMatch(child -> reached.shards().containsKey(child.shardId()));
    }

    /** {@code reached} without what is not there any more, and with the oldest of what comes from none of it. */
    KinesisOffset withoutLost(KinesisOffset reached) {
        SortedMap<String, ShardPosition> left = new TreeMap<>(reached.shards());
        left.entrySet()
                .removeIf(entry ->
                        entry.getValue().isEnd() ? isOpen(entry.getKey()) : !shards.containsKey(entry.getKey()));
        Set<String> known = related(left.keySet());
        shards.values().stream()
                .filter(shard -> !known.contains(shard.shardId()))
                .filter(shard ->
                        parents(shard).noneMatch(parent -> shards.containsKey(parent) && !known.contains(parent)))
                .forEach(shard -> left.put(shard.shardId(), ShardPosition.TRIM_HORIZON));
        return new KinesisOffset(left);
    }

    /** Whether the shard takes records; false if it is not listed. */
    boolean isOpen(String shard) {
        return shards.containsKey(shard) && isOpen(shards.get(shard));
    }

    private static boolean isOpen(Shard shard) {
        return shard.sequenceNumberRange().endingSequenceNumber() == null;
    }

    /** These shards, their ancestors and their descendants. */
    private Set<String> related(Set<String> of) {
        Set<String> related = new HashSet<>(of);
        of.forEach(shard -> addAncestors(shard, related));
        of.forEach(shard -> addDescendants(shard, related));
        return related;
    }

    private void addAncestors(String of, Set<String> found) {
        if (shards.containsKey(of)) {
            parents(shards.get(of)).filter(found::add).forEach(parent -> addAncestors(parent, found));
        }
    }

    private void addDescendants(String of, Set<String> found) {
        children(of).stream().map(Shard::shardId).filter(found::add).forEach(child -> addDescendants(child, found));
    }

    private List<Shard> children(String of) {
        return shards.values().stream()
                .filter(shard -> parents(shard).anyMatch(of::equals))
                .toList();
    }

    private static Stream<String> parents(Shard shard) {
        return Stream.of(shard.parentShardId(), shard.adjacentParentShardId()).filter(parent -> parent != null);
    }
}
