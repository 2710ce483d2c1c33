package io.retaillake.jobs.bronze;

/**
 * Consecutive pages of a heap.
 *
 * @param first the first one's number
 * @param end the number after the last one's
 */
record PageRange(long first, long end) {

    /** No page. */
    static final PageRange NONE = new PageRange(0, 0);

    /** From the page of one row to that of another, both ctids as PostgreSQL writes them: {@code (page,line)}. */
    static PageRange ofRows(String firstCtid, String lastCtid) {
        return new PageRange(page(firstCtid), page(lastCtid) + 1);
    }

    private static long page(String ctid) {
        return Long.parseLong(ctid.substring(1, ctid.indexOf(',')));
    }

    /** The smallest range with both ranges' pages. */
    PageRange plus(PageRange other) {
        if (length() == 0) {
            return other;
        }
        return other.length() == 0 ? this : new PageRange(Math.min(first, other.first), Math.max(end, other.end));
    }

    long length() {
        return end - first;
    }
}
