import type { RegistrationConfig } from '@aws-sdk/client-iot'
import type { LocalContext } from '../../foundation/context.ts'
import { invalidRequest, notFound } from '../../foundation/errors.ts'
import { RoleSessions, type RoleSessionsParts } from '../../foundation/role-sessions.ts'
import { IOT_SERVICE } from '../../foundation/roles.ts'
import { readTemplateBody } from './template-body.ts'
import { TemplateTable } from './template-table.ts'
import { roleRefusal } from './templates.ts'

/**
 * Checks by what an authority is to have devices provisioned, before the service of provisioning is there: a template of
 * its own with a role, or the name of a template of the type JITP.
 * @returns what is to be kept of it; undefined where it says nothing
 * @throws {AwsError} InvalidRequestException, ResourceNotFoundException
 * @see AWS IoT developer guide, "Just-in-time provisioning"
 */
export function registrationConfigCheck(context: LocalContext, parts: Omit<RoleSessionsParts, 'account'>) {
  const table = new TemplateTable(context.database)
  const sessions = new RoleSessions({ account: context.account, ...parts }, IOT_SERVICE.value)
  return (config: RegistrationConfig | undefined): RegistrationConfig | undefined => {
    const { templateName, templateBody, roleArn } = config ?? {}
    if (templateName === undefined && templateBody === undefined && roleArn === undefined) return undefined
    if (templateName !== undefined) {
      if (templateBody !== undefined || roleArn !== undefined) {
        throw invalidRequest('registrationConfig has a templateName: templateBody and roleArn must not stand beside it')
      }
      const found = table.find(templateName)
      if (!found) throw notFound(`Template ${templateName} does not exist`)
      if (found.type !== 'JITP') {
        throw invalidRequest(
          `Template ${templateName} is of the type ${found.type}: a CA certificate needs one of JITP`,
        )
      }
      return { templateName }
    }
    if (templateBody === undefined || roleArn === undefined) {
      throw invalidRequest('registrationConfig needs a templateName, or both templateBody and roleArn')
    }
    readTemplateBody(templateBody, 'JITP')
    const untrusted = sessions.whyNotTrusted(roleArn)
    if (untrusted !== undefined) throw invalidRequest(roleRefusal(untrusted))
    return { templateBody, roleArn }
  }
}
