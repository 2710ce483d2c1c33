package io.retaillake.benchmark;

import io.retaillake.common.command.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that is known of one or several runs on one machine.
 *
 * @param facts what they were made on, each with its name
 * @param comparisons what was found when the contestants' tables were compared
 * @param measurements of times; in each scale the rounds of one run come after those of the run before
 * @param heapRuns of heaps
 */
record Results(
        Map<String, String> facts, List<String> comparisons, List<Measurement> measurements, List<HeapRun> heapRuns) {

    /** The name of a comparison among a file's comments. */
    static final String COMPARED = "compared";

    /** The name of the days on which was measured. */
    static final String DAY = "measured on";

    /** Times under different conditions do not belong in one median. */
    private static final List<String> EQUAL_IN_ALL =
            List.of(Machine.PROCESSOR, Machine.MEMORY, Machine.TASKS, Machine.HEAP);

    /** Begins every header. */
    private static final String FIRST_FIELD = "scale,";

    Results {
        comparisons = List.copyOf(comparisons);
        measurements = List.copyOf(measurements);
        heapRuns = List.copyOf(heapRuns);
    }

    /**
     * What {@link ResultsFile} wrote.
     *
     * @throws CommandException if a file cannot be read, holds something else, or is of another machine than the others
     */
    static Results read(List<Path> files) {
        List<String> problems = new ArrayList<>();
        Results all = new Results(new LinkedHashMap<>(), List.of(), List.of(), List.of());
        for (Path file : files) {
            try {
                Results one = ofLines(Files.readAllLines(file, StandardCharsets.UTF_8));
                problems.addAll(all.differences(one, file));
                all = all.and(one);
            } catch (IOException | IllegalArgumentException e) {
                problems.add(file + " cannot be read as a benchmark's results: " + e);
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        return all;
    }

    /** Of one file. */
    static Results ofLines(List<String> lines) {
        Map<String, String> facts = new LinkedHashMap<>();
        List<String> comparisons = new ArrayList<>();
        List<Measurement> measurements = new ArrayList<>();
        List<HeapRun> heapRuns = new ArrayList<>();
        boolean ofHeaps = false;
        for (String line : lines) {
            if (line.startsWith(ResultsFile.COMMENT)) {
                String[] parts = line.substring(ResultsFile.COMMENT.length()).split(ResultsFile.COLON, 2);
                if (parts[0].equals(COMPARED)) {
                    comparisons.add(parts[1]);
                } else {
                    facts.put(parts[0], parts[1]);
                }
            } else if (line.startsWith(FIRST_FIELD)) {
                ofHeaps = line.equals(HeapRun.CSV_HEADER);
            } else if (ofHeaps) {
                heapRuns.add(HeapRun.ofCsv(line));
            } else {
                measurements.add(Measurement.ofCsv(line));
            }
        }
        return new Results(facts, comparisons, measurements, heapRuns);
    }

    private List<String> differences(Results other, Path file) {
        return EQUAL_IN_ALL.stream()
                .filter(name -> facts.containsKey(name) && other.facts.containsKey(name))
                .filter(name -> !facts.get(name).equals(other.facts.get(name)))
                .map(name -> file + " was measured with another " + name + " (" + other.facts.get(name)
                        + ") than the files before it (" + facts.get(name) + "); give it a page of its own")
                .toList();
    }

    /** These and those of a later run. */
    private Results and(Results later) {
        Map<String, String> allFacts = new LinkedHashMap<>(facts);
        later.facts.forEach((name, text) ->
                allFacts.merge(name, text, (mine, theirs) -> mine.contains(theirs) ? mine : mine + ", " + theirs));
        List<Measurement> allMeasurements = new ArrayList<>(measurements);
        later.measurements.forEach(one -> allMeasurements.add(
                one.inRound(one.round() + rounds(one.scale()).stream().reduce(0, Math::max))));
        return new Results(
                allFacts,
                Stream.concat(comparisons.stream(), later.comparisons.stream()).toList(),
                allMeasurements,
                Stream.concat(heapRuns.stream(), later.heapRuns.stream()).toList());
    }

    /** The scales at which times were measured, ascending. */
    List<Double> scales() {
        return measurements.stream().map(Measurement::scale).distinct().sorted().toList();
    }

    /** The numbers of a scale's rounds. */
    List<Integer> rounds(double scale) {
        return measurements.stream()
                .filter(one -> one.scale() == scale)
                .map(Measurement::round)
                .distinct()
                .sorted()
                .toList();
    }

    /** Everything that was measured in one round. */
    List<Measurement> round(double scale, int round) {
        return measurements.stream()
                .filter(one -> one.scale() == scale && one.round() == round)
                .toList();
    }

    /** A step's measurements, one of each round. */
    List<Measurement> of(double scale, Contestant contestant, String step) {
        return measurements.stream()
                .filter(one -> one.scale() == scale
                        && one.contestant() == contestant
                        && one.step().equals(step))
                .toList();
    }

    /** A contestant's steps in the order in which they were done; empty if it did not run. */
    List<String> steps(double scale, Contestant contestant) {
        return measurements.stream()
                .filter(one -> one.scale() == scale && one.contestant() == contestant && !one.isWhole())
                .map(Measurement::step)
                .distinct()
                .toList();
    }
}
