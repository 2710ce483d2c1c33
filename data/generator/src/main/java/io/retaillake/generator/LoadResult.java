package io.retaillake.generator;

/** What a load wrote, and how long its parts took. */
public record LoadResult(long purchaseRows, double copySeconds, double constraintSeconds, double analyzeSeconds) {}
