/** Languages that the starting point of an authorizer's function is written in. */
export const STARTER_LANGUAGES = ['JavaScript', 'Python'] as const
export type StarterLanguage = (typeof STARTER_LANGUAGES)[number]

/** The name of the file, and the handler as Lambda is told of it. */
export const STARTER_FILES: Readonly<Record<StarterLanguage, { readonly file: string; readonly handler: string }>> = {
  JavaScript: { file: 'index.mjs', handler: 'index.handler' },
  Python: { file: 'index.py', handler: 'index.handler' },
}

/**
 * A function to begin with: it lets in who has a signed token, or without signing who knows a password, and allows topics
 * below the client's own id.
 * @see AWS IoT Core developer guide, "Defining your Lambda function"
 */
export const starterFunction = (language: StarterLanguage, isSigned: boolean): string =>
  language === 'JavaScript' ? javaScript(isSigned) : python(isSigned)

const javaScript = (isSigned: boolean) => `${
  isSigned
    ? ''
    : `import { timingSafeEqual, createHash } from 'node:crypto'

const digest = (text) => createHash('sha256').update(text).digest()

`
}export const handler = async (event, context) => {
  const [, partition, , region, account] = context.invokedFunctionArn.split(':')
  const arn = \`arn:\${partition}:iot:\${region}:\${account}\`
  const { clientId = '' } = event.protocolData?.mqtt ?? {}
${
  isSigned
    ? `  // AWS IoT has verified the signature of the token before this runs.
  const isAuthenticated = event.signatureVerified === true && event.token !== undefined`
    : `  // Give the function the environment variable PASSWORD, or ask whoever keeps your users.
  const sent = Buffer.from(event.protocolData?.mqtt?.password ?? '', 'base64')
  const isAuthenticated =
    process.env.PASSWORD !== undefined && timingSafeEqual(digest(sent), digest(process.env.PASSWORD))`
}
  return {
    isAuthenticated,
    // Letters and digits: log entries and lifecycle events have it.
    principalId: clientId.replaceAll(/[^a-zA-Z0-9]/g, '').slice(0, 128) || 'device',
    disconnectAfterInSeconds: 86400,
    refreshAfterInSeconds: 3600,
    policyDocuments: [
      {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'iot:Connect', Resource: \`\${arn}:client/\\\${iot:ClientId}\` },
          {
            Effect: 'Allow',
            Action: ['iot:Publish', 'iot:Receive'],
            Resource: \`\${arn}:topic/dt/\\\${iot:ClientId}/*\`,
          },
          { Effect: 'Allow', Action: 'iot:Subscribe', Resource: \`\${arn}:topicfilter/dt/\\\${iot:ClientId}/*\` },
        ],
      },
    ],
  }
}
`

const python = (isSigned: boolean) => `${
  isSigned
    ? 'import re\n'
    : `import base64
import hmac
import os
import re
`
}

def handler(event, context):
    _, partition, _, region, account, *_ = context.invoked_function_arn.split(":")
    arn = f"arn:{partition}:iot:{region}:{account}"
    mqtt = event.get("protocolData", {}).get("mqtt", {})
${
  isSigned
    ? `    # AWS IoT has verified the signature of the token before this runs.
    is_authenticated = event.get("signatureVerified") is True and "token" in event`
    : `    # Give the function the environment variable PASSWORD, or ask whoever keeps your users.
    sent = base64.b64decode(mqtt.get("password", ""))
    password = os.environ.get("PASSWORD")
    is_authenticated = password is not None and hmac.compare_digest(sent, password.encode())`
}
    return {
        "isAuthenticated": is_authenticated,
        # Letters and digits: log entries and lifecycle events have it.
        "principalId": re.sub(r"[^a-zA-Z0-9]", "", mqtt.get("clientId", ""))[:128] or "device",
        "disconnectAfterInSeconds": 86400,
        "refreshAfterInSeconds": 3600,
        "policyDocuments": [
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Action": "iot:Connect", "Resource": f"{arn}:client/\${{iot:ClientId}}"},
                    {
                        "Effect": "Allow",
                        "Action": ["iot:Publish", "iot:Receive"],
                        "Resource": f"{arn}:topic/dt/\${{iot:ClientId}}/*",
                    },
                    {
                        "Effect": "Allow",
                        "Action": "iot:Subscribe",
                        "Resource": f"{arn}:topicfilter/dt/\${{iot:ClientId}}/*",
                    },
                ],
            }
        ],
    }
`
