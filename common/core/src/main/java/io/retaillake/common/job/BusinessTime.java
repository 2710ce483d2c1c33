package io.retaillake.common.job;

import java.time.ZoneId;

/** The time by which the group does business: that of its days, its months and its reports. */
public final class BusinessTime {

    /** Its zone, which has no daylight-saving time. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

    private BusinessTime() {}
}
