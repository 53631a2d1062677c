/**
 * Topics that begin so are for rules alone: `$aws/rules/NAME/TOPIC` hands a message on TOPIC to the rule NAME, and to no
 * subscriber. Source: AWS IoT developer guide, "Reducing messaging costs with Basic Ingest".
 */
export const BASIC_INGEST_PREFIX = '$aws/rules/'
