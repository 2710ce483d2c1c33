package io.retaillake.common.event;

/** Takes from an IP address the part that tells one connection from its neighbours. */
final class IpAddress {

    private static final int GROUPS = 8;

    private IpAddress() {}

    /**
     * {@code 10.1.2.xxx} for an IPv4 address, also where IPv6 maps it ({@code ::ffff:10.1.2.3}); the first 48 bits of another IPv6
     * address as three groups ({@code 2001:db8:1::xxxx}), without its zone; null for anything else: an octet beyond 255 or with a
     * leading zero, which some read as octal, a port, brackets.
     */
    static String anonymized(String address) {
        if (address.indexOf(':') < 0) {
            int[] octets = octets(address);
            return octets == null ? null : withoutLastOctet(octets);
        }
        int[] groups = groups(withoutZone(address));
        if (groups == null) {
            return null;
        }
        if (isMappedIpv4(groups)) {
            return withoutLastOctet(new int[] {groups[6] >> 8, groups[6] & 0xFF, groups[7] >> 8});
        }
        return Integer.toHexString(groups[0]) + ':' + Integer.toHexString(groups[1]) + ':'
                + Integer.toHexString(groups[2]) + "::xxxx";
    }

    private static String withoutLastOctet(int[] octets) {
        return octets[0] + "." + octets[1] + "." + octets[2] + ".xxx";
    }

    private static boolean isMappedIpv4(int[] groups) {
        return (groups[0] | groups[1] | groups[2] | groups[3] | groups[4]) == 0 && groups[5] == 0xFFFF;
    }

    /** {@code fe80::1%eth0} is {@code fe80::1} on one of a machine's networks. */
    private static String withoutZone(String address) {
        int percent = address.indexOf('%');
        return percent < 0 || percent == address.length() - 1 ? address : address.substring(0, percent);
    }

    /** The four numbers of an IPv4 address, or null. */
    private static int[] octets(String text) {
        int[] octets = new int[4];
        int position = 0;
        for (int i = 0; i < 4; i++) {
            int first = position;
            while (position < text.length() && position - first < 3 && isDigit(text.charAt(position))) {
                octets[i] = octets[i] * 10 + text.charAt(position) - '0';
                position++;
            }
            boolean leadingZero = position - first > 1 && text.charAt(first) == '0';
            if (position == first || leadingZero || octets[i] > 255) {
                return null;
            }
            if (i < 3 && (position == text.length() || text.charAt(position++) != '.')) {
                return null;
            }
        }
        return position == text.length() ? octets : null;
    }

    /** The eight groups of an IPv6 address, or null. */
    private static int[] groups(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            int[] groups = new int[GROUPS];
            return read(text, groups) == GROUPS ? groups : null;
        }
        int[] groups = new int[GROUPS];
        int[] tail = new int[GROUPS];
        String before = text.substring(0, gap);
        int head = before.indexOf('.') >= 0 ? -1 : read(before, groups);
        int count = read(text.substring(gap + 2), tail);
        // The gap stands for one group at least.
        if (head < 0 || count < 0 || head + count >= GROUPS) {
            return null;
        }
        System.arraycopy(tail, 0, groups, GROUPS - count, count);
        return groups;
    }

    /** Reads groups with single colons between them, of which the last may be an IPv4 address; how many they are, -1 if malformed. */
    private static int read(String text, int[] groups) {
        if (text.isEmpty()) {
            return 0;
        }
        int count = 0;
        int from = 0;
        while (true) {
            int colon = text.indexOf(':', from);
            String group = colon < 0 ? text.substring(from) : text.substring(from, colon);
            if (colon < 0 && group.indexOf('.') >= 0) {
                int[] octets = octets(group);
                if (octets == null || count + 2 > GROUPS) {
                    return -1;
                }
                groups[count] = octets[0] << 8 | octets[1];
                groups[count + 1] = octets[2] << 8 | octets[3];
                return count + 2;
            }
            int value = group(group);
            if (value < 0 || count == GROUPS) {
                return -1;
            }
            groups[count++] = value;
            if (colon < 0) {
                return count;
            }
            from = colon + 1;
        }
    }

    /** A number of one to four hexadecimal digits, or -1. */
    private static int group(String text) {
        if (text.isEmpty() || text.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
