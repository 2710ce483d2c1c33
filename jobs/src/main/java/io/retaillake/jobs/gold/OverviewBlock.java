package io.retaillake.jobs.gold;

import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.purchases.AffiliateMonth;
import java.io.Serializable;

/**
 * What a part of an affiliate's month tells one of the tasks that count different customers and receipts.
 *
 * @param measures what the part knows by itself; null in all of its blocks but one
 * @param customers the customers that the task is to count
 * @param receipts the receipts that it is to count
 */
record OverviewBlock(
        AffiliateMonth affiliateMonth, OverviewMeasures measures, ColumnDictionary customers, ColumnDictionary receipts)
        implements Serializable {}
