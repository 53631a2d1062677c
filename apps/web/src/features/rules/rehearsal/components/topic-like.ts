/** A topic that a topic filter takes: `dt/+/telemetry/#` → `dt/a/telemetry/a`. */
export const topicLike = (topicFilter: string): string =>
  topicFilter
    .split('/')
    .map((level) => (level === '+' || level === '#' ? 'a' : level))
    .join('/')
