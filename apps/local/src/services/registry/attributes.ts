/** Attributes of a thing or a thing group, by name. */
export type Attributes = Readonly<Record<string, string>>

/** What an update asks for, as `attributePayload` carries it. */
export interface AttributePayload {
  readonly attributes?: Attributes | undefined
  readonly merge?: boolean | undefined
}

/**
 * The attributes after an update. Without `attributes` nothing changes; `merge` adds to the stored ones, otherwise they
 * are replaced as a whole. An attribute whose new value is empty is not there afterwards.
 */
export function applyAttributes(stored: Attributes, payload: AttributePayload | undefined): Attributes {
  if (!payload?.attributes) return stored
  const next = { ...(payload.merge ? stored : undefined), ...payload.attributes }
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== ''))
}

/** Text of attributes, the same for the same attributes whatever their order. */
export const formatAttributes = (attributes: Attributes): string =>
  JSON.stringify(Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))))

/** Reads what {@link formatAttributes} wrote. */
export const parseAttributes = (text: string): Attributes => JSON.parse(text)
