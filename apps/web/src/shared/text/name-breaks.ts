/** Behind the marks that part a name, before the next word of a camel-cased one (`telemetry|Interval`, `MQTT|Session`). */
const BREAK = /(?<=[._/:~,=+@-])(?=[^._/:~,=+@-])|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u

/**
 * The pieces of a name between which a line may end: `telemetryIntervalSeconds` → `telemetry`, `Interval`, `Seconds`. Put
 * together they are the name. Source of the marks: keys of shadows, topics, ARNs,
 * `THING~SHADOW`, names of policies (`[\w+=,.@-]+`, AWS IoT API reference, CreatePolicy).
 */
export const namePieces = (name: string): readonly string[] => name.split(BREAK)
