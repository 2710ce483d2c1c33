package io.retaillake.jobs.ops.report;

/** An affiliate at which a customer buys, and where he lives then; null where that is unknown. */
record Membership(String affiliate, String province, String city, String provinceEng, String cityEng) {}
