import { DueTimes } from '../../foundation/due-times.ts'
import { RoleSessions } from '../../foundation/role-sessions.ts'
import { IOT_SERVICE } from '../../foundation/roles.ts'
import type { MakeService } from '../../foundation/service.ts'
import { AskedFunctions } from './asked-functions.ts'
import { CertificateProviderTable } from './certificate-provider-table.ts'
import { CertificateProviders } from './certificate-providers.ts'
import { ClaimCounts } from './claim-counts.ts'
import { FleetProvisioning } from './fleet-provisioning.ts'
import { JustInTimeProvisioning } from './just-in-time.ts'
import { OwnershipTokens } from './ownership-tokens.ts'
import { Provisioner } from './provisioner.ts'
import { RegistrationFiles } from './registration-files.ts'
import { REGISTRATION_NEEDS, registrationHandlers } from './registration-handlers.ts'
import { RegistrationTaskTable } from './registration-task-table.ts'
import { RegistrationTasks } from './registration-tasks.ts'
import { TEMPLATE_NEEDS, templateHandlers } from './template-handlers.ts'
import { TemplateTable } from './template-table.ts'
import { Templates } from './templates.ts'

export { registrationConfigCheck } from './registration-config.ts'

/**
 * How devices come by their things and certificates: by a template with a claim, or as they connect first with a
 * certificate of the customer's own authority; and things registered by a template, one or those of a file.
 */
export const provisioningService: MakeService = (context) => {
  const sessions = new RoleSessions(context, IOT_SERVICE.value)
  const files = new RegistrationFiles(context, sessions)
  const tasks = new RegistrationTasks(context, new RegistrationTaskTable(context.database), files, sessions)
  const templateTable = new TemplateTable(context.database)
  const templates = new Templates(context, templateTable, sessions)
  const functions = new AskedFunctions(context)
  const providers = new CertificateProviders(context, new CertificateProviderTable(context.database), functions)
  const provisioner = new Provisioner(context, sessions)
  const tokens = new OwnershipTokens(context)
  const claims = new ClaimCounts(context.database)
  const dueTimes = new DueTimes(
    context,
    () => tokens.nextExpiryMs(),
    () => tokens.dropExpired(),
  )
  const fleet = new FleetProvisioning({
    context,
    templates,
    tokens,
    claims,
    providers,
    provisioner,
    functions,
    dueTimes,
  })
  const justInTime = new JustInTimeProvisioning(context, templates, provisioner)
  dueTimes.arm()
  return {
    name: 'provisioning',
    handlers: {
      iot: {
        ...registrationHandlers(context, tasks),
        ...templateHandlers(context, templateTable, templates),
        ...providers.handlers(),
      },
    },
    resources: { templateName: 'provisioningtemplate', certificateProviderName: 'certificateprovider' },
    controlPlaneNeeds: {
      ...REGISTRATION_NEEDS,
      ...TEMPLATE_NEEDS,
      ListCertificateProviders: () => ({ resources: [] }),
    },
    reservedTopics: {
      certificates: (request) => fleet.answer(request),
      provisioning: (request) => fleet.answer(request),
    },
    onRegistration: justInTime.onRegistration,
    reread: () => dueTimes.arm(),
    close: async () => {
      dueTimes.close()
      await Promise.all([tasks.close(), fleet.close(), justInTime.close()])
    },
  }
}
