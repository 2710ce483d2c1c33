package io.retaillake.local;

import io.retaillake.common.job.MonthOptions;
import io.retaillake.common.job.Window;
import io.retaillake.local.PipelineSettings.GeneratedSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code bin/pipeline}. */
@Command(
        name = "bin/pipeline",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "",
            "Runs the whole pipeline on this machine: starts a PostgreSQL, fills it with generated data, and runs every job"
                    + " through spark-submit: bronze, silver, gold, verification.",
            ""
        },
        footer = {
            "",
            "Exit code: 0 done and verified, 2 bad arguments, 3 bad data, 4 an outside system failed, 1 a defect, 130 Ctrl-C."
        })
final class PipelineOptions {

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
    private static final DateTimeFormatter DEFAULT_RUN_ID =
            DateTimeFormatter.ofPattern("'local-'yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final Set<String> OF_ONE_RUN = Set.of("--run-id", "--from", "--to");
    private static final double MAXIMUM_SCALE = 100;

    private static final String READ_PARALLELISM = "--read-parallelism";

    @Option(
            names = "--scale",
            paramLabel = "F",
            defaultValue = "0.01",
            description = "size of the generated data; 1 is 28,593,030 purchases (default: ${DEFAULT-VALUE})")
    private double scale;

    @Option(
            names = "--dirty-rate",
            paramLabel = "F",
            defaultValue = "0",
            description = "share of purchases with defects that are added (default: ${DEFAULT-VALUE})")
    private double dirtyRate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "decides every generated value (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--fresh", description = "generate the data again, even if an earlier run's database has it")
    private boolean fresh;

    @Option(names = "--keep-database", description = "at the end, leave the PostgreSQL running until Ctrl-C")
    private boolean keepDatabase;

    @Option(
            names = "--lake",
            paramLabel = "DIR|s3://BUCKET/PATH",
            description = "the lake (default: .work/lake in the project). S3's region, endpoint and keys come from the"
                    + " environment: AWS_REGION, AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY")
    private String lake;

    @Option(
            names = "--catalog-file",
            paramLabel = "FILE",
            description = "file of the tables' catalog (default: catalog.db in the lake's folder; needed on S3)")
    private String catalogFile;

    @Mixin
    private MonthOptions months;

    @Option(names = "--run-id", paramLabel = "ID", description = "repeat this run: what it has finished is left alone")
    private String runId;

    @Option(
            names = READ_PARALLELISM,
            paramLabel = "N",
            description = "ranges to read purchases in, and so the most connections at once (default: 8)")
    private Integer readParallelism;

    @Option(
            names = "--tables",
            paramLabel = "DIR|s3://BUCKET/PATH",
            description = "folder with definitions in SQL of tables of your own, which are built after gold")
    private String tables;

    @Option(names = "--without-sql-tables", description = "leave out the tables that are defined in SQL")
    private boolean withoutSqlTables;

    @ArgGroup(exclusive = false, validate = false, heading = "%nOptions of Spark:%n")
    private SparkOptions spark = new SparkOptions();

    @ArgGroup(exclusive = false, validate = false, heading = "%nYour own database, instead of generated data:%n")
    private OwnSource own = new OwnSource();

    /** The settings; what is wrong goes to {@code problems}. */
    PipelineSettings settings(Project project, List<String> typed, List<String> problems) {
        if (!(scale > 0 && scale <= MAXIMUM_SCALE)) {
            problems.add("--scale is " + scale + "; give a number above 0 and up to " + MAXIMUM_SCALE);
        }
        if (!(dirtyRate >= 0 && dirtyRate <= 1)) {
            problems.add("--dirty-rate is " + dirtyRate + "; give a share from 0 to 1");
        }
        if (runId != null && !RUN_ID.matcher(runId).matches()) {
            problems.add("--run-id is '" + runId
                    + "'; give up to 80 letters, digits, '.', '_' and '-', the first a letter or digit");
        }
        Optional<Window> window = months.window(problems::add);
        GeneratedSource generated = new GeneratedSource(scale, dirtyRate, seed, fresh, keepDatabase);
        SparkSettings ofSpark = spark.settings(problems);
        boolean fewRows =
                own.given().isEmpty() && problems.isEmpty() && generated.hasFewPurchases(window.orElseThrow());
        return new PipelineSettings(
                PipelineLake.parse(lake == null ? project.defaultLake().toString() : lake, catalogFile, problems),
                runId == null ? DEFAULT_RUN_ID.format(Instant.now()) : runId,
                window.orElse(Window.all()),
                reading(problems),
                definitions(problems),
                fewRows ? ofSpark.forFewRows() : ofSpark,
                generated,
                ownSource(problems),
                repeatable(typed));
    }

    /** The command line without what only one run is about. */
    private static List<String> repeatable(List<String> typed) {
        List<String> kept = new ArrayList<>();
        Iterator<String> words = typed.iterator();
        while (words.hasNext()) {
            String word = words.next();
            String name = word.replaceFirst("=.*", "");
            if (!OF_ONE_RUN.contains(name)) {
                kept.add(word);
            } else if (name.equals(word) && words.hasNext()) {
                words.next();
            }
        }
        kept.remove("--fresh");
        return kept;
    }

    private List<String> reading(List<String> problems) {
        if (readParallelism == null) {
            return List.of();
        }
        if (readParallelism < 1) {
            problems.add(READ_PARALLELISM + " is " + readParallelism + "; at least 1 is needed");
        }
        return List.of(READ_PARALLELISM, readParallelism.toString());
    }

    private Optional<List<String>> definitions(List<String> problems) {
        if (withoutSqlTables) {
            if (tables != null) {
                problems.add("--tables and --without-sql-tables exclude each other; give one of them");
            }
            return Optional.empty();
        }
        if (tables == null) {
            return Optional.of(List.of());
        }
        if (!tables.startsWith("s3://") && !Files.isDirectory(Path.of(tables))) {
            problems.add("--tables is '" + tables + "', and there is no such folder");
        }
        return Optional.of(List.of("--tables", tables));
    }

    private Optional<List<String>> ownSource(List<String> problems) {
        Map<String, String> given = own.given();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (!given.containsKey(OwnSource.SECRET)) {
            problems.add(String.join(", ", given.keySet()) + " need --secret: without it the data are generated");
        } else if (fresh || keepDatabase) {
            problems.add("--fresh and --keep-database are for generated data; --secret names your own database");
        }
        return Optional.of(own.options());
    }
}
