package com.example.stores;

import static org.apache.spark.sql.functions.countDistinct;

import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobArguments;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.run.RunOptions;
import io.retaillake.shaded.picocli.CommandLine.Command;
import io.retaillake.shaded.picocli.CommandLine.Mixin;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Rows of {@code silver.purchases} to the number of receipts of each store; purchases without a store are in none. */
@Command(name = "VisitsByStore", description = "Builds gold.visits_by_store: receipts by affiliate and store.")
public final class VisitsByStore implements Job {

    static final TableContract VISITS = new TableContract(
            Layer.GOLD,
            "visits_by_store",
            "data/factdata/gold/visits_by_store",
            "Receipts of one store.",
            "점포별 영수증수",
            List.of(
                    Column.required("affiliate", DataTypes.StringType, "The affiliate.", "제휴사"),
                    Column.required("store_cd", DataTypes.StringType, "The store.", "점포코드"),
                    Column.required("visits", DataTypes.LongType, "Number of receipts.", "영수증수")),
            List.of("affiliate", "store_cd"),
            List.of(),
            Map.of());

    @Mixin
    private RunOptions options;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new VisitsByStore(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        JobArguments arguments = options.arguments(problems);
        return progress -> run(arguments, progress);
    }

    private void run(JobArguments arguments, Progress progress) {
        Lake lake = Lake.open(arguments.lake(), name());
        progress.watch(lake.spark());
        Run run = Run.ofWindow(arguments, name());
        Publication.run(lake, run, List.of(VISITS), progress, publication -> build(lake, publication, progress));
    }

    private static void build(Lake lake, Publication publication, Progress progress) {
        long snapshot = publication.input(SilverTables.PURCHASES, "BuildPurchases");
        Dataset<Row> purchases = lake.read(SilverTables.PURCHASES, snapshot).where("store_cd IS NOT NULL");
        progress.step("count receipts by store", 0);
        publication.write(
                VISITS,
                purchases
                        .groupBy("affiliate", "store_cd")
                        .agg(countDistinct("receipt_no").as("visits")),
                OverwriteFilter.everything());
        Dataset<Row> written = publication.written(VISITS);
        publication.publish(
                List.of(Check.equal(
                        "stores: written = in silver",
                        purchases.select("affiliate", "store_cd").distinct().count(),
                        written.count())),
                List.of());
    }
}
