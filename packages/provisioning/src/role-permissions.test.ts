import { expect, test } from 'vitest'
import { parseTemplate } from './parse-template.ts'
import { rolePermissions } from './role-permissions.ts'

const certificate = {
  Type: 'AWS::IoT::Certificate',
  Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } },
}
const permissions = (resources: object) =>
  rolePermissions(parseTemplate(JSON.stringify({ Resources: { certificate, ...resources } }), 'FLEET_PROVISIONING'))

test('a role needs what the template says, and no more', () => {
  expect(permissions({})).toEqual(['iot:DescribeCertificate', 'iot:UpdateCertificate'])
  const thing = { Type: 'AWS::IoT::Thing', Properties: { ThingName: 'a', ThingGroups: ['g'] } }
  expect(permissions({ thing })).toEqual(expect.arrayContaining(['iot:AddThingToThingGroup', 'iot:CreateThing']))
  expect(permissions({ thing })).not.toContain('iot:CreatePolicy')
  const byName = { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'p' } }
  expect(permissions({ policy: byName })).not.toContain('iot:CreatePolicy')
  const byDocument = { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: '{}' } }
  expect(permissions({ policy: byDocument })).toContain('iot:CreatePolicy')
})
