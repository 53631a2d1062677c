/** `awsIotSqlVersion` of a rule. Source: AWS IoT developer guide, "SQL versions". */
export const SQL_VERSIONS = ['2015-10-08', '2016-03-23', 'beta'] as const

export type SqlVersion = (typeof SQL_VERSIONS)[number]

/** Of a rule that names none. */
export const DEFAULT_SQL_VERSION: SqlVersion = '2015-10-08'

/** What AWS makes of a rule's `awsIotSqlVersion`; one that is not known is taken for none. */
export const sqlVersionOf = (named: string | undefined): SqlVersion =>
  SQL_VERSIONS.find((version) => version === named) ?? DEFAULT_SQL_VERSION
