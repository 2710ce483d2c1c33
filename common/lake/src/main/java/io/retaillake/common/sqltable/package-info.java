/** Tables that are defined by a query and a contract in two files, read and checked before anything runs. */
package io.retaillake.common.sqltable;
