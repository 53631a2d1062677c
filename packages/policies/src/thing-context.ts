import type { ContextValue } from './policy-context.ts'

/** What policies can know of a thing. */
export interface ThingFacts {
  readonly thingName: string
  readonly thingTypeName?: string | undefined
  readonly attributes?: Readonly<Record<string, string>> | undefined
  /** The context entries of the certificate that it connects with, where that is known: see `certificateContext`. */
  readonly certificate?: Readonly<Record<string, ContextValue>> | undefined
}

/**
 * The context entries of a connection that has this thing; without one, those of a connection that has none.
 * @see AWS IoT developer guide, "Thing policy variables"
 */
export function thingContext(thing: ThingFacts | undefined): Map<string, ContextValue> {
  const context = new Map<string, ContextValue>([['iot:Connection.Thing.IsAttached', thing !== undefined]])
  if (!thing) return context
  context.set('iot:Connection.Thing.ThingName', thing.thingName)
  if (thing.thingTypeName !== undefined) context.set('iot:Connection.Thing.ThingTypeName', thing.thingTypeName)
  for (const [name, value] of Object.entries(thing.attributes ?? {})) {
    context.set(`iot:Connection.Thing.Attributes[${name}]`, value)
  }
  for (const [key, value] of Object.entries(thing.certificate ?? {})) context.set(key, value)
  return context
}
