/** Statements in SQL: what they are made of, and what is wrong with them. */
package io.retaillake.common.sql;
