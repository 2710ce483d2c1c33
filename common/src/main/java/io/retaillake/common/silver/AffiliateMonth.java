package io.retaillake.common.silver;

import java.io.Serializable;
import java.time.YearMonth;

/** What {@code silver.purchases} is partitioned by. */
public record AffiliateMonth(String affiliate, YearMonth month) implements Serializable {}
