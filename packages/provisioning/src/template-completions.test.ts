import { expect, test } from 'vitest'
import type { TemplateUse } from './template.ts'
import { templateCompletions } from './template-completions.ts'

/** What is offered at `|`. */
function offered(marked: string, use: TemplateUse = 'FLEET_PROVISIONING'): readonly string[] {
  const offset = marked.indexOf('|')
  const found = templateCompletions(marked.replace('|', ''), offset, use)
  return found?.options.map(({ label }) => label) ?? []
}

const PARAMETERS = '"Parameters": { "Serial": { "Type": "String" } }'

test.each<[what: string, marked: string, expected: readonly string[]]>([
  ['sections', '{ | }', ['Parameters', 'Mappings', 'Resources', 'DeviceConfiguration']],
  ['those that are not there yet', '{ "Parameters": {}, "|" }', ['Mappings', 'Resources', 'DeviceConfiguration']],
  ["AWS's own parameters", '{ "Parameters": { "|" } }', ['AWS::IoT::Certificate::Id']],
  ['members of a resource', '{ "Resources": { "a": { "|" } } }', ['Type', 'Properties', 'OverrideSettings']],
  [
    'properties of the type',
    '{ "Resources": { "a": { "Type": "AWS::IoT::Policy", "Properties": { "|" } } } }',
    ['PolicyName', 'PolicyDocument'],
  ],
  [
    'parameters of a Ref',
    `{ ${PARAMETERS}, "Resources": { "a": { "Type": "AWS::IoT::Thing", "Properties": { "ThingName": { "Ref": "|" } } } } }`,
    ['Serial', 'AWS::IoT::Certificate::Id'],
  ],
  [
    'variables of Fn::Sub',
    `{ ${PARAMETERS}, "Resources": { "a": { "Properties": { "ThingName": { "Fn::Sub": "pump-\${|" } } } } }`,
    ['${Serial}', '${AWS::IoT::Certificate::Id}'],
  ],
  [
    'settings that may be',
    '{ "Resources": { "a": { "Type": "AWS::IoT::Thing", "OverrideSettings": { "ThingTypeName": "|" } } } }',
    ['DO_NOTHING', 'REPLACE', 'FAIL'],
  ],
  ['nothing in a text of its own', '{ "Parameters": { "Serial": { "Default": "|" } } }', []],
])('%s', (_, marked, expected) => {
  expect(offered(marked)).toEqual(expected)
})

test('a just-in-time template is offered what its certificate says, and no device configuration', () => {
  expect(offered('{ | }', 'JITP')).not.toContain('DeviceConfiguration')
  expect(offered('{ "Parameters": { "|" } }', 'JITP')).toContain('AWS::IoT::Certificate::CommonName')
})

test('functions are put in whole where no quote is written yet, and Fn::Join is not for policies', () => {
  const text = '{ "Resources": { "a": { "Type": "AWS::IoT::Policy", "Properties": { "PolicyName": '
  const found = templateCompletions(text, text.length, 'FLEET_PROVISIONING')
  expect(found?.options.map(({ insert }) => insert)).toContain('{ "Ref": "" }')
  expect(found?.options.map(({ label }) => label)).not.toContain('Fn::Join')
  expect(offered(`${text}"|" } } } }`)).toEqual([])
})
