package io.retaillake.jobs.tables;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableQuery;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.spark.SparkInternals;
import io.retaillake.common.sql.SqlStatement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;

/** The rows that a table's query gives. */
final class QueryResult {

    private QueryResult() {}

    /**
     * Checks a query without a row of data, on empty tables with its inputs' columns.
     *
     * @param registry has the inputs' contracts
     * @param problems gets all that is wrong with it, with file and line
     */
    static void check(SparkSession spark, TableDefinition table, TableRegistry registry, Problems problems) {
        Map<String, Supplier<Dataset<Row>>> empty = new LinkedHashMap<>();
        for (String input : table.query().orElseThrow().inputs()) {
            TableContract contract = registry.contract(input);
            empty.put(input, () -> spark.createDataFrame(List.of(), contract.schema()));
        }
        Optional<Dataset<Row>> unused = of(spark, table, empty, problems);
    }

    /**
     * The result over some inputs; nothing is read before it is asked for its rows.
     *
     * @param inputs makes the rows of each input of the query
     * @param problems gets all that is wrong with the query, with file and line
     * @return empty where there is any
     */
    static Optional<Dataset<Row>> of(
            SparkSession spark, TableDefinition table, Map<String, Supplier<Dataset<Row>>> inputs, Problems problems) {
        TableQuery query = table.query().orElseThrow();
        QueryProblems found = new QueryProblems(query.sqlFile(), problems);
        // An overflow or a division by zero ends the build, where it would publish a wrong number or none.
        spark.conf().set("spark.sql.ansi.enabled", "true");
        try {
            LogicalPlan parsed = SqlStatement.parse(spark, query.sql()).plan();
            if (parsed instanceof Command || parsed instanceof ParsedStatement || parsed instanceof InsertIntoDir) {
                found.add("is no query but " + parsed.nodeName() + "; a definition has one SELECT");
                return Optional.empty();
            }
            LogicalPlan overInputs = InputRelations.resolve(parsed, inputs, found);
            if (!found.isEmpty()) {
                return Optional.empty();
            }
            Dataset<Row> result = SparkInternals.dataFrame(spark, overInputs);
            Determinism.require(query.sql(), result.queryExecution().analyzed(), found);
            ResultColumns.difference(table.contract(), result.schema()).ifPresent(found::add);
            return found.isEmpty() ? Optional.of(result) : Optional.empty();
        } catch (JobException e) {
            found.add(e.getMessage().strip());
        } catch (StackOverflowError e) {
            found.add(
                    "the query is nested too deeply, or has too many terms in a row, for Spark to parse it; divide it");
        } catch (Exception e) {
            // Spark throws checked exceptions that its Java signatures don't declare.
            if (e instanceof AnalysisException analysis) {
                found.add(analysis);
            } else {
                throw e;
            }
        }
        return Optional.empty();
    }
}
