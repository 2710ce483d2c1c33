package io.retaillake.common.purchases;

import java.io.Serializable;

/**
 * Rows of a data file that follow each other.
 *
 * @param firstRow how many rows of the file are before them
 * @param rows how many they are
 */
public record FileSlice(String location, long firstRow, long rows) implements Serializable {}
