import { invalidRequest } from '../../foundation/errors.ts'

/** A parameter of a managed template's document. */
export interface TemplateParameter {
  readonly key: string
  readonly description: string
  readonly regex: string
  readonly example: string
  readonly optional: boolean
}

/** A job template that AWS makes. */
export interface ManagedTemplate {
  readonly templateName: string
  readonly description: string
  readonly parameters: readonly TemplateParameter[]
  readonly document: string
}

export const TEMPLATE_VERSION = '1.0'
export const ENVIRONMENTS = ['LINUX']

const parameter = (key: string, description: string, example: string, optional = false, regex = '(.*?)') => ({
  key,
  description,
  regex,
  example,
  optional,
})

const RUN_AS_USER = parameter('runAsUser', 'The user that runs the handler.', 'user1', true, '(.{0,256})')
const PATH_TO_HANDLER = parameter('pathToHandler', 'The folder of the handler on the device.', '/home/user', true)
const PACKAGES = parameter('packages', 'Packages, separated by spaces.', 'apache2 mysql')
const SERVICES = parameter('services', 'Services, separated by spaces.', 'apache2 mysql')

const placeholder = ({ key }: TemplateParameter) => `\${aws:iot:parameter:${key}}`

function handled(
  name: string,
  handler: string,
  description: string,
  required: readonly TemplateParameter[],
): ManagedTemplate {
  const input = {
    handler,
    ...(required.length > 0 && { args: required.map(placeholder) }),
    path: placeholder(PATH_TO_HANDLER),
  }
  const action = { name, type: 'runHandler', input, runAsUser: placeholder(RUN_AS_USER) }
  return {
    templateName: `AWS-${name}`,
    description: `A managed job template for ${description}.`,
    parameters: [...required, RUN_AS_USER, PATH_TO_HANDLER],
    document: JSON.stringify({ version: TEMPLATE_VERSION, steps: [{ action }] }),
  }
}

const COMMAND = parameter('command', 'Words of the command, separated by commas; commas in them are escaped.', 'ls,-la')

const RUN_COMMAND: ManagedTemplate = {
  templateName: 'AWS-Run-Command',
  description: 'A managed job template for running a shell command.',
  parameters: [COMMAND, RUN_AS_USER],
  document: JSON.stringify({
    version: TEMPLATE_VERSION,
    steps: [
      {
        action: {
          name: 'Run-Command',
          type: 'runCommand',
          input: { command: placeholder(COMMAND) },
          runAsUser: placeholder(RUN_AS_USER),
        },
      },
    ],
  }),
}

/**
 * The templates that AWS makes; descriptions are ours.
 * @see AWS IoT developer guide, "Use AWS managed templates to deploy common remote operations"
 */
export const MANAGED_TEMPLATES: readonly ManagedTemplate[] = [
  handled('Download-File', 'download-file.sh', 'downloading a file', [
    parameter('downloadUrl', 'Where the file is.', 'http://www.example.com/index.html'),
    parameter('filePath', 'Where it is stored on the device.', '/home/user/index.html'),
  ]),
  handled('Install-Application', 'install-packages.sh', 'installing applications', [PACKAGES]),
  handled('Reboot', 'reboot.sh', 'rebooting a device', []),
  handled('Remove-Application', 'remove-packages.sh', 'removing applications', [PACKAGES]),
  handled('Restart-Application', 'restart-services.sh', 'restarting services', [SERVICES]),
  RUN_COMMAND,
  handled('Start-Application', 'start-services.sh', 'starting services', [SERVICES]),
  handled('Stop-Application', 'stop-services.sh', 'stopping services', [SERVICES]),
]

/** Managed templates are of no account. */
export const managedTemplateArn = (region: string, templateName: string): string =>
  `arn:aws:iot:${region}::jobtemplate/${templateName}:${TEMPLATE_VERSION}`

export function findManagedTemplate(arn: string, region: string): ManagedTemplate | undefined {
  return MANAGED_TEMPLATES.find(({ templateName }) => managedTemplateArn(region, templateName) === arn)
}

/** @throws {AwsError} InvalidRequestException for a parameter that is missing, that there is not, or that is not right */
export function checkParameters(
  { templateName, parameters }: ManagedTemplate,
  given: Readonly<Record<string, string>>,
): void {
  const known = new Map(parameters.map((one) => [one.key, one]))
  for (const [key, value] of Object.entries(given)) {
    const found = known.get(key)
    if (!found)
      throw invalidRequest(`Template ${templateName} has no parameter ${key}: ${[...known.keys()].join(', ')}`)
    if (!new RegExp(`^${found.regex}$`, 's').test(value)) {
      throw invalidRequest(`Parameter ${key} does not match ${found.regex}`)
    }
  }
  const missing = parameters.find(({ key, optional }) => !optional && !Object.hasOwn(given, key))
  if (missing) throw invalidRequest(`Template ${templateName} needs the parameter ${missing.key}`)
}
