import { certificateIdOf, certificateIdParam, shortCertificateId } from '../../shared/certificate/certificate-id.ts'
import type { CommandSource } from '../../shared/feature/command.ts'
import { paths } from '../../shared/paths.ts'

/** A certificate by its whole id or ARN: AWS finds it by nothing less. */
export const certificateCommands: CommandSource = {
  group: 'Certificates',
  useCommands: (text) => {
    const certificateId = certificateIdParam(text.trim()) ?? certificateIdOf(text.trim())
    if (certificateId === undefined) return { commands: [] }
    return {
      commands: [
        {
          id: `certificate ${certificateId}`,
          group: 'Certificates',
          title: `Certificate ${shortCertificateId(certificateId)}`,
          href: paths.certificate(certificateId),
        },
      ],
    }
  },
}
