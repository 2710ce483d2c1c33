package io.retaillake.common.purchases;

import java.io.Serializable;
import java.util.List;

/**
 * What one task reads at a time: the purchases of one affiliate's month, or, where these are many, a part of them.
 *
 * @param slices which rows of which files
 * @param isWhole whether these are all of the affiliate's month
 * @param receipts a range that has all of the part's receipt numbers and may be wider
 */
public record PurchasePart(
        AffiliateMonth affiliateMonth, List<FileSlice> slices, boolean isWhole, ReceiptRange receipts)
        implements Serializable {

    /** The affiliate of all its rows. */
    public String affiliate() {
        return affiliateMonth.affiliate();
    }

    /** How many rows it has. */
    public long rows() {
        return slices.stream().mapToLong(FileSlice::rows).sum();
    }
}
