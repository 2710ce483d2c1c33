package io.retaillake.jobs.gold;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.purchases.AffiliateMonth;
import io.retaillake.common.purchases.PurchasePart;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Purchases that are grouped without being rows: files have each value once and rows with its number, and numbers are grouped several
 * times faster than what they stand for. A task reads all files of an affiliate's month, so that its groups are whole, or a part of a
 * large month, whose groups others add up.
 */
final class PurchaseColumns implements Purchases {

    private final JavaSparkContext context;
    private final Table table;
    private final List<PurchasePart> parts;

    /** @param parts all of each of their months */
    PurchaseColumns(JavaSparkContext context, Table table, List<PurchasePart> parts) {
        this.context = context;
        this.table = table;
        this.parts = parts;
    }

    @Override
    public void writeSales(Publication publication, TableContract mart, OverwriteFilter replaced) {
        publication.writeFiles(mart, martTable -> MartFiles.write(context, mart, martTable, table, parts), replaced);
    }

    @Override
    public List<OverviewMeasures> overviewFigures(Map<AffiliateMonth, Long> knownReceipts) {
        return OverviewShards.figures(context, table, parts, knownReceipts);
    }
}
