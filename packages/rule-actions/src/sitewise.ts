import { actionPermissions, type Template } from '@thingdeck/rules-sql'
import { ActionFailure, InvalidAction } from './action-error.ts'
import { type ActionOptions, type MatchedMessage, optionalTemplate, render } from './execution.ts'
import type { IotSiteWiseSettings } from './settings.ts'

type Entry = IotSiteWiseSettings['putAssetPropertyValueEntries'][number]
type PropertyValue = Entry['propertyValues'][number]

const QUALITIES = ['GOOD', 'BAD', 'UNCERTAIN'] as const
const VARIANTS = ['booleanValue', 'doubleValue', 'integerValue', 'stringValue'] as const

type Variant =
  | { readonly stringValue: string }
  | { readonly booleanValue: boolean }
  | { readonly integerValue: number }
  | { readonly doubleValue: number }

interface PutAssetPropertyValueEntry {
  readonly entryId: string
  readonly propertyAlias: string | undefined
  readonly assetId: string | undefined
  readonly propertyId: string | undefined
  readonly propertyValues: {
    readonly value: Variant
    readonly timestamp: { readonly timeInSeconds: number; readonly offsetInNanos?: number }
    readonly quality?: (typeof QUALITIES)[number]
  }[]
}

/** Values of properties of assets. @see AWS IoT developer guide, "IoT SiteWise" */
export function siteWiseRequest(
  { putAssetPropertyValueEntries, roleArn }: IotSiteWiseSettings,
  options: ActionOptions,
) {
  const compiled = putAssetPropertyValueEntries.map((entry, index) => compileEntry(entry, index, options))
  return {
    label: 'IotSiteWiseAction',
    failure: 'Failed to put IoT SiteWise asset property values',
    roleArn,
    request: async (message: MatchedMessage) => {
      const entries: PutAssetPropertyValueEntry[] = []
      for (const entry of compiled) entries.push(await entry(message))
      const resource = entries.map(nameOf).join(', ')
      return {
        resource,
        permissions: actionPermissions('iotSiteWise', { putAssetPropertyValueEntries: entries }, options.home),
        resources: { Properties: resource },
        words: `Action: iotSiteWise, Properties: ${resource}`,
        operation: 'BatchPutAssetPropertyValue' as const,
        input: { entries },
      }
    },
  }
}

const nameOf = ({ propertyAlias, assetId, propertyId }: PutAssetPropertyValueEntry): string =>
  propertyAlias ?? `${assetId}/${propertyId}`

function compileEntry(entry: Entry, index: number, options: ActionOptions) {
  const place = `putAssetPropertyValueEntries[${index}]`
  const { propertyAlias, assetId, propertyId } = entry
  const isByAlias = propertyAlias !== undefined && assetId === undefined && propertyId === undefined
  const isById = propertyAlias === undefined && assetId !== undefined && propertyId !== undefined
  if (!isByAlias && !isById) {
    throw new InvalidAction(`${options.place}.${place}: give either propertyAlias, or both assetId and propertyId.`)
  }
  const template = (member: 'entryId' | 'propertyAlias' | 'assetId' | 'propertyId') =>
    optionalTemplate(options, `${place}.${member}`, entry[member])
  const members = {
    entryId: template('entryId'),
    propertyAlias: template('propertyAlias'),
    assetId: template('assetId'),
    propertyId: template('propertyId'),
  }
  const values = entry.propertyValues.map((value, at) => compileValue(value, `${place}.propertyValues[${at}]`, options))
  return async (message: MatchedMessage): Promise<PutAssetPropertyValueEntry> => {
    const where = {
      propertyAlias: await render(members.propertyAlias, message),
      assetId: await render(members.assetId, message),
      propertyId: await render(members.propertyId, message),
    }
    const entryId = (await render(members.entryId, message)) || message.environment.randomUuid()
    const propertyValues: PutAssetPropertyValueEntry['propertyValues'] = []
    const resource = nameOf({ entryId, propertyValues, ...where })
    for (const value of values) propertyValues.push(await value(message, resource))
    return { entryId, ...where, propertyValues }
  }
}

function compileValue({ value, timestamp, quality }: PropertyValue, place: string, options: ActionOptions) {
  const given = VARIANTS.flatMap((kind) => {
    const text = value[kind]
    return text === undefined ? [] : [{ kind, template: options.template(`${place}.value.${kind}`, text) }]
  })
  const [only] = given
  if (!only || given.length > 1) {
    throw new InvalidAction(`${options.place}.${place}.value: give exactly one of ${VARIANTS.join(', ')}.`)
  }
  const seconds = options.template(`${place}.timestamp.timeInSeconds`, timestamp.timeInSeconds)
  const offset = optionalTemplate(options, `${place}.timestamp.offsetInNanos`, timestamp.offsetInNanos)
  const qualityText = optionalTemplate(options, `${place}.quality`, quality)
  return async (message: MatchedMessage, resource: string) => {
    const whole = async (member: string, template: Template, most: number) => {
      const text = await render(template, message)
      if (/^\d{1,10}$/.test(text) && Number(text) <= most) return Number(text)
      throw new ActionFailure(resource, `${member} must be a whole number from 0 to ${most}, not ${text}.`)
    }
    const wanted = (await render(qualityText, message)) || 'GOOD'
    const known = QUALITIES.find((each) => each === wanted)
    if (!known) throw new ActionFailure(resource, `quality must be one of ${QUALITIES.join(', ')}, not ${wanted}.`)
    return {
      value: variantOf(only.kind, await render(only.template, message), resource),
      timestamp: {
        timeInSeconds: await whole('timeInSeconds', seconds, 9_999_999_999),
        ...(offset && { offsetInNanos: await whole('offsetInNanos', offset, 999_999_999) }),
      },
      ...(qualityText && { quality: known }),
    }
  }
}

/** Texts become what the property's type is. */
function variantOf(kind: (typeof VARIANTS)[number], text: string, resource: string): Variant {
  const fail = (expected: string) => new ActionFailure(resource, `${kind} must be ${expected}, not ${text}.`)
  switch (kind) {
    case 'stringValue':
      return { stringValue: text }
    case 'booleanValue':
      if (text !== 'true' && text !== 'false') throw fail('true or false')
      return { booleanValue: text === 'true' }
    case 'integerValue': {
      const integerValue = Number(text)
      if (!/^-?\d+$/.test(text) || Math.abs(integerValue) > 2 ** 31) throw fail('a whole number of 32 bits')
      return { integerValue }
    }
    case 'doubleValue': {
      const doubleValue = Number(text)
      if (text.trim() === '' || !Number.isFinite(doubleValue)) throw fail('a number')
      return { doubleValue }
    }
  }
}
