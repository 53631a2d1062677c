import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { templateFaults } from './deploy/cloudformation/lint.ts'
import { references } from './deploy/cloudformation/references.ts'
import { readTemplate } from './deploy/cloudformation/template.ts'
import { PERMISSIONS_TEMPLATE, permissionsTemplateText } from './deploy/permissions-template.ts'

const root = join(import.meta.dirname, '..')
const files = globSync('deploy/*.yaml', { cwd: root }).sort()
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
/** As docs/aws.md has it, and parameters that name other stacks. */
const stackOf = (file: string): string => `thingdeck-${basename(file, '.yaml')}`

test('permissions.yaml is made of the policy documents', async () => {
  await expect(permissionsTemplateText()).toMatchFileSnapshot(join(root, PERMISSIONS_TEMPLATE))
})

test.each(files)('%s is as CloudFormation takes it', (file) => {
  expect(templateFaults(readTemplate(file, textOf(file)), stackOf(file))).toEqual([])
})

test('what one stack imports, another exports', () => {
  const all = files.map((file) => references(readTemplate(file, textOf(file)).template, stackOf(file)))
  const exported = all.flatMap(({ exports }) => exports)
  expect(new Set(exported).size).toBe(exported.length)
  expect(new Set(all.flatMap(({ imports }) => imports))).toEqual(new Set(exported))
})

/** Each of them has to be found: what is written, what is broken, what is said of it. */
const MUTATIONS: [file: string, from: string, to: string, fault: string | RegExp][] = [
  ['console', 'HealthCheckPath:', 'HealthcheckPath:', /ConsoleTargets.HealthcheckPath: there is no such property/],
  [
    'console',
    'AssignPublicIp: !If [HasPublicAddresses, ENABLED,',
    'AssignPublicIp: !If [HasPublicAddresses, YES,',
    /AssignPublicIp is not one of/,
  ],
  ['console', '!Ref TaskSubnets', '!Ref TasksSubnets', /nothing is named TasksSubnets/],
  [
    'console',
    '!GetAtt LoadBalancer.CanonicalHostedZoneID',
    '!GetAtt LoadBalancer.HostedZone',
    /has no attribute HostedZone/,
  ],
  ['console', 'Condition: HasHostedZone', 'Condition: HasZone', /there is no condition HasZone/],
  ['console', 'DesiredCount: !Ref Consoles', 'DesiredCount: two', /Service.DesiredCount is not a number: "two"/],
  [
    'console',
    '      ReplicationGroupDescription: What the consoles of Thingdeck share\n',
    '',
    'Cache.ReplicationGroupDescription is missing',
  ],
  [
    'console',
    "AuthToken: !Sub '{{resolve:secretsmanager:${CacheToken}}}'",
    'AuthToken: correct-horse',
    /AuthToken stands in the template/,
  ],
  ['console', '# AWS knows no resource for it.\n', '\n', /no comment says why the resource is everything/],
  ['console', 'Action: secretsmanager:GetSecretValue', 'Action: secretsmanager:Get*', /is a pattern of actions/],
  ['console', 'Subnets: !Ref PublicSubnets', 'Subnets: !Ref Network', /LoadBalancer.Subnets takes no text/],
  ['console', 'Type: AWS::ECS::Service', 'Type: AWS::ECS::Services', 'Service: there is no type AWS::ECS::Services'],
  ['console', 'DependsOn: [HttpsListener,', 'DependsOn: [TlsListener,', /depends on TlsListener/],
  ['console', '!Ref Scheme', 'internal', 'Parameter Scheme is not used'],
  [
    'account',
    'DefaultLogLevel: !Ref DefaultLogLevel',
    'DefaultLogLevel: TRACE',
    /Logging.DefaultLogLevel is not one of ERROR, WARN/,
  ],
  [
    'identities',
    '${UserPool.ProviderName}:${Client}',
    '${UserPool.Provider}:${Client}',
    /AWS::Cognito::UserPool has no attribute Provider/,
  ],
]

test.each(MUTATIONS)('in %s.yaml %j as %j is found', (name, from, to, fault) => {
  const file = `deploy/${name}.yaml`
  const text = textOf(file)
  expect(text).toContain(from)
  const faults = templateFaults(
    readTemplate(
      file,
      text.replace(from, () => to),
    ),
    stackOf(file),
  )
  expect(faults.join('\n')).toMatch(fault)
})

test('what CloudFormation does not read is refused', () => {
  expect(() => readTemplate('x.yaml', 'A: &a 1\nB: *a\n')).toThrow('CloudFormation takes no aliases: write out *a')
  expect(() => readTemplate('x.yaml', 'A: !Reff B\n')).toThrow('x.yaml: Unresolved tag: !Reff')
})
