/** `awsIotSqlVersion` of a rule. Source: AWS IoT developer guide, "SQL versions". */
export const SQL_VERSIONS = ['2015-10-08', '2016-03-23', 'beta'] as const

export type SqlVersion = (typeof SQL_VERSIONS)[number]

/** Of a rule that names none. */
export const DEFAULT_SQL_VERSION: SqlVersion = '2015-10-08'
