package io.retaillake.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.sqltable.BuildOrder;
import io.retaillake.common.sqltable.DefinitionFolder;
import io.retaillake.common.sqltable.SqlTables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each case changes a right definition in one place, by a text and another in its stead, and expects the problem with its line. */
class DefinitionProblemsTest {

    private static SparkSession spark;

    @TempDir
    private Path folder;

    private Definitions definitions;

    @BeforeAll
    static void openSpark(@TempDir Path lake) {
        spark = LocalLakes.open(lake).spark();
    }

    @BeforeEach
    void chooseFolder() {
        definitions = new Definitions(folder);
    }

    private List<String> problems() {
        Problems problems = new Problems();
        DefinitionFolder definitionFolder =
                new DefinitionFolder(definitions.folder(), spark.sessionState().newHadoopConf());
        List<TableDefinition> tables = SqlTables.read(definitionFolder, TableRegistry.load(), problems);
        BuildOrder.of(tables, problems);
        if (problems.isEmpty()) {
            TableRegistry registry = TableRegistry.load().with(tables);
            tables.forEach(table -> QueryResult.check(spark, table, registry, problems));
        }
        return problems.messages().stream()
                .map(message -> message.replace(definitions.folder() + "/", ""))
                .toList();
    }

    @Test
    void takesARightOne() {
        definitions.write("monthly", Definitions.MONTHLY_YAML, Definitions.MONTHLY_SQL);

        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "table: gold.monthly | table: gold.other     | 1: table is 'gold.other'; allowed of files with this name: gold.monthly, silver.monthly",
                "table: gold.monthly | table: bronze.monthly | 1: table is 'bronze.monthly'",
                "table: gold.monthly | tabel: gold.monthly   | 1: unknown key 'tabel'; did you mean table?",
                "table: gold.monthly | colour: blue          | 1: unknown key 'colour'; allowed: table, grain",
                "table: gold.monthly | scope: months         | 4: scope is given twice",
                "table: gold.monthly | 'table: [gold         | 1: is no YAML",
                "en: Sales of one month., | ``               | 2: en is missing",
                "ko: 월별 매출            | ko: ''           | 2: ko is empty",
                "{en: Sales of one month., ko: 월별 매출} | none | 2: grain is no mapping with en, ko",
                "inputs: [silver.purchases] | inputs: []     | 3: inputs has none",
                "inputs: [silver.purchases] | inputs: silver.purchases | 3: inputs is no list",
                "inputs: [silver.purchases] | inputs: [silver.purchase] | 3: inputs has 'silver.purchase', which is no table; there are bronze.customer",
                "inputs: [silver.purchases] | inputs: [silver.purchases, gold.monthly] | 3: inputs has gold.monthly, the table itself",
                "inputs: [silver.purchases] | inputs: [silver.purchases, silver.purchases] | 3: inputs has silver.purchases twice",
                "scope: months       | scope: days            | 4: scope is 'days'; allowed: months, everything",
                "scope: months       | build: daily           | 4: build is 'daily'; allowed: in_pipeline, on_request",
                "scope: months       | scope: everything      | 5: month_column is given, but scope is everything",
                "month_column: month | month_column: mont     | 5: month_column is 'mont', which is no column",
                "month_column: month | month_column: count_of_purchase | 5: month_column is count_of_purchase, which is no date that is required",
                "month_column: month | ``                     | 1: month_column is missing",
                "key: [month]        | key: [store]           | 6: key has 'store', which is no column",
                "key: [month]        | key: [month, month]    | 6: key has month twice",
                "[months(month)]     | [months(day)]          | 7: partitions has 'months(day)'; allowed: a column's name, or months(…) around a date's",
                "[months(month)]     | [months(count_of_purchase)] | 7: partitions has 'months(count_of_purchase)', but count_of_purchase is no date",
                "[months(month)]     | [months(month), months(month)] | 7: partitions has months(month) twice",
                "[months(month)]     | []                     | 7: scope is months, so that a run replaces months, but partitions lacks months(month)",
                "name: month,        | name: Month,           | 9: the column is called 'Month'; allowed: up to 63 small letters",
                "type: bigint        | type: smallint         | 11: type is 'smallint'; allowed: string, int, bigint",
                "type: bigint        | type: many             | 11: type is 'many'",
                "name: total_purchase_amount | name: month    | 8: columns has month twice",
                "required: true, en: First | required: maybe, en: First | 9: required is 'maybe'; allowed: true, false",
                "rows: count_of_purchase | rows: month        | 12: rows is 'month'; allowed: a required column of type bigint",
                "amount: total_purchase_amount | amount: nil  | 12: amount is 'nil'; allowed: a required column of type decimal(18,2)",
                "table: silver.purchases, | table: silver.regions, | 12: adds_up_to has the table 'silver.regions', which is not among inputs",
            })
    void namesWhatIsWrongInTheContract(String right, String wrong, String problem) {
        assertThat(Definitions.MONTHLY_YAML).contains(right);
        definitions.write(
                "monthly", Definitions.MONTHLY_YAML.replace(right, wrong.replace("`", "")), Definitions.MONTHLY_SQL);

        assertThat(problems()).anySatisfy(found -> assertThat(found).startsWith("monthly.yaml:" + problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "count(*)   | count(* | 3: ",
                "count(*)   | (SELECT max(1) FROM gold.sales_by_store) | 3: the query reads gold.sales_by_store, which is not among inputs: silver.purchases",
                "count(*)   | CAST(rand() * 10 AS bigint) + count(*) | 3: rand differs from run to run",
                "count(*)   | count(*) + unix_timestamp() | 3: current_timestamp differs from run to run",
                "count(*)   | count(DISTINCT current_date()) | 3: current_date differs from run to run",
                "count(*)   | monotonically_increasing_id() + count(*) | 3: monotonically_increasing_id differs from run to run",
                "count(*)   | CAST(length(uuid()) AS bigint) + count(*) | 3: uuid differs from run to run",
                "count(*)   | length(first(receipt_no)) + 1L | 3: first differs from run to run, so that a run could not be repeated; use min, max",
                "count(*)   | CAST(size(collect_set(receipt_no)) AS bigint) | 3: collect_set differs from run to run, so that a run could not be repeated; sort what it collects",
                "count(*)   | CAST(percentile_approx(amount, 0.5) AS bigint) | 3: percentile_approx differs",
                "count(*)   | CAST(sum(CAST(amount AS double)) AS bigint) | 3: sum of doubles depends on the order in which they are added",
                "count(*)   | CAST(stddev(amount) AS bigint) | 3: stddev is computed in doubles",
                "count(*)   | CAST(corr(amount, purchase_hour) AS bigint) | 3: corr is computed in doubles",
                "count(*)   | CAST(covar_pop(amount, purchase_hour) AS bigint) | 3: covar_pop is computed in doubles",
                "count(*)   | CAST(regr_sxx(amount, purchase_hour) AS bigint) | 3: regr_sxx is computed in doubles",
                "count(*)   | length(any_value(receipt_no)) + 1L | 3: any_value differs from run to run",
                "count(*)   | count(aes_encrypt(receipt_no, '0000111122223333')) | 3: aes_encrypt encrypts the same value otherwise",
                "count(*)   | CAST(size(array_sort(collect_list(receipt_no), (a, b) -> 0)) AS bigint) | 3: collect_list differs",
                "count(*)   | count_if(purchase_date < DATE 'today') | 1: DATE 'today' differs from run to run",
                "count(*)   | count_if(purchase_date < CAST('yesterday' AS date)) | 3: 'today', 'now' and the like differ",
                "FROM silver.purchases | FROM IDENTIFIER('silver.purchases') | 1: IDENTIFIER(…) makes a name of a text",
                "FROM silver.purchases | FROM silver.purchases JOIN IDENTIFIER('text./etc/hostname') | 1: IDENTIFIER(…)",
                "count(*)   | CAST(java_method('java.lang.Math', 'abs', 1) AS bigint) | 3: java_method runs any code",
                "FROM silver.purchases | FROM silver.purchases TABLESAMPLE (10 ROWS) | 4: LIMIT without ORDER BY",
                "FROM silver.purchases | FROM (SELECT * FROM silver.purchases LIMIT 5) | 4: LIMIT without ORDER BY",
                "FROM silver.purchases | FROM silver.purchases TABLESAMPLE (10 PERCENT) | 4: TABLESAMPLE takes other rows",
                "FROM silver.purchases | FROM silver.purchases VERSION AS OF 1 | 4: the query travels in time",
                "FROM silver.purchases | FROM lake.silver.purchases | 4: the query reads lake.silver.purchases, which is not among inputs",
                "FROM silver.purchases | FROM silver.purchases.files | 4: the query reads silver.purchases.files",
                "FROM silver.purchases | FROM parquet.`/tmp/x` | 4: the query reads parquet./tmp/x",
                "FROM silver.purchases | FROM VALUES (DATE '2015-01-01', 1BD) AS v(purchase_date, amount) | 1: the query does not read silver.purchases, which is among inputs",
                "SELECT     | INSERT INTO silver.purchases SELECT | 1: is no query but",
                "SELECT     | CREATE TABLE gold.mine AS SELECT | 1: is no query but",
                "SELECT     | SELECT 1; SELECT | 1: Those are several statements",
            })
    void namesWhatIsWrongInTheQuery(String right, String wrong, String problem) {
        assertThat(Definitions.MONTHLY_SQL).contains(right);
        definitions.write(
                "monthly",
                Definitions.MONTHLY_YAML,
                Definitions.MONTHLY_SQL.replaceFirst(
                        java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong)));

        assertThat(problems()).anySatisfy(found -> assertThat(found).startsWith("monthly.sql:" + problem));
    }

    /** In Spark's words, which differ from version to version. */
    @ParameterizedTest
    @CsvSource({"count(stores), `stores`", "counted(1), `counted`"})
    void namesWhatTheQueryHasAndSparkCannotFind(String expression, String name) {
        definitions.write("monthly", Definitions.MONTHLY_YAML, Definitions.MONTHLY_SQL.replace("count(*)", expression));

        assertThat(problems())
                .anySatisfy(
                        found -> assertThat(found).startsWith("monthly.sql:3: ").contains(name));
    }

    @Test
    void showsColumnsThatDifferBesideTheContracts() {
        definitions.write("monthly", Definitions.MONTHLY_YAML, """
                SELECT CAST(trunc(purchase_date, 'MM') AS date) AS month, count(*) AS count_of_purchase,
                  sum(amount) AS total_purchase_amount, 'x' AS note
                FROM silver.purchases
                GROUP BY 1
                """);

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("the query's columns are not the contract's")
                .satisfies(text -> assertThat(
                                text.lines().map(line -> line.strip().replaceAll(" +", " ")))
                        .contains(
                                "2 total_purchase_amount decimal(18,2) count_of_purchase bigint total_purchase_amount is elsewhere",
                                "3 count_of_purchase bigint total_purchase_amount decimal(25,2) count_of_purchase is elsewhere",
                                "4 note string note is too much"));

        definitions.write("monthly", Definitions.MONTHLY_YAML, """
                SELECT purchase_date AS month, sum(amount) AS total_purchase_amount FROM silver.purchases GROUP BY 1
                """);
        assertThat(problems())
                .singleElement()
                .asString()
                .satisfies(text -> assertThat(
                                text.lines().map(line -> line.strip().replaceAll(" +", " ")))
                        .contains(
                                "2 total_purchase_amount decimal(18,2) total_purchase_amount decimal(25,2) other type: cast(… AS decimal(18,2))",
                                "3 count_of_purchase bigint count_of_purchase is missing"));
    }

    @Test
    void takesWhatIsSortedAfterItWasCollectedAndLimitsInOrder() {
        definitions.write("monthly", Definitions.MONTHLY_YAML, """
                WITH receipts AS (
                  SELECT purchase_date, amount, receipt_no FROM silver.purchases ORDER BY receipt_no, amount LIMIT 10)
                SELECT CAST(trunc(purchase_date, 'MM') AS date) AS month,
                  CAST(sum(purchases.amount) AS decimal(18, 2)) AS total_purchase_amount,
                  CAST(size(sort_array(collect_set(receipt_no))) + max(first_receipt) AS bigint) AS count_of_purchase
                FROM (
                  SELECT *, length(first_value(receipt_no) OVER (PARTITION BY purchase_date ORDER BY receipt_no)) AS first_receipt
                  FROM receipts) AS purchases
                GROUP BY 1
                """);

        assertThat(problems()).isEmpty();
    }

    @Test
    void namesAQueryThatIsNestedTooDeeply() {
        definitions.write(
                "monthly",
                Definitions.MONTHLY_YAML,
                Definitions.MONTHLY_SQL.replace("count(*)", "(".repeat(20_000) + "count(*)" + ")".repeat(20_000)));

        assertThat(problems()).singleElement().asString().startsWith("monthly.sql:1: the query is nested too deeply");
    }

    @Test
    void namesTablesThatReadEachOther() {
        for (String[] pair : new String[][] {{"one", "two"}, {"two", "three"}, {"three", "one"}}) {
            definitions.write(pair[0], """
                    table: gold.%s
                    grain: {en: One., ko: 하나}
                    inputs: [gold.%s]
                    scope: everything
                    key: []
                    columns:
                      - {name: n, type: int, en: A number., ko: 수}
                    """.formatted(pair[0], pair[1]), "SELECT n FROM gold." + pair[1]);
        }

        assertThat(problems())
                .singleElement()
                .asString()
                .endsWith("the tables read each other in a circle: gold.one → gold.two → gold.three → gold.one");
    }

    @Test
    void namesFilesThatAreNoDefinition() throws Exception {
        definitions.write("lonely.sql", "SELECT 1");
        definitions.write("alone.yaml", Definitions.MONTHLY_YAML);
        definitions.write("Upper", Definitions.MONTHLY_YAML, Definitions.MONTHLY_SQL);
        definitions.write("empty", "", "");
        definitions.write("sales_by_store", Definitions.MONTHLY_YAML.replace("monthly", "sales_by_store"), "SELECT 1");
        definitions.write("regions", Definitions.MONTHLY_YAML.replace("gold.monthly", "silver.regions"), "SELECT 1");
        Files.write(folder.resolve("latin.yaml"), "ko: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        definitions.write("latin.sql", "SELECT 1");

        assertThat(problems())
                .contains(
                        "lonely.sql:1: lacks the other file of its definition, lonely.yaml",
                        "alone.yaml:1: lacks the other file of its definition, alone.sql",
                        "empty.yaml:1: is no YAML mapping of keys and values",
                        "latin.yaml:1: is no text in UTF-8",
                        "sales_by_store.yaml:1: table is gold.sales_by_store: there is a table of this name already; choose another",
                        "regions.yaml:1: table is silver.regions: there is a table of this name already; choose another")
                .anyMatch(problem -> problem.startsWith("Upper.yaml:1: the files are called 'Upper'"));
    }

    @Test
    void refusesAFolderThatIsNotThereOrEmpty() throws Exception {
        assertThatThrownBy(this::problems)
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS))
                .hasMessageContaining("has no definition of a table");

        definitions = new Definitions(folder.resolve("nowhere"));
        assertThatThrownBy(this::problems).hasMessageContaining("There is no folder");
    }
}
