package io.retaillake.common.purchases;

import java.io.Serializable;
import java.time.YearMonth;

/** What {@code silver.purchases} is partitioned by. */
public record AffiliateMonth(String affiliate, YearMonth month) implements Serializable {}
