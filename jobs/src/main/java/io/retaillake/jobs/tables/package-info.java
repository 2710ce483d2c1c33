/** Builds tables from their definitions in SQL, as safely as the jobs publish their own. */
package io.retaillake.jobs.tables;
