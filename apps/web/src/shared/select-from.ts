/**
 * A statement for what arrives on a topic filter; undefined where none can name it: FROM has it in single quotes, without
 * escapes and without `${`. Source: AWS IoT developer guide, "FROM clause".
 */
export const selectFrom = (topicFilter: string): string | undefined =>
  topicFilter.includes("'") || topicFilter.includes('${') ? undefined : `SELECT * FROM '${topicFilter}'`
