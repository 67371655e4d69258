/** The kinds of value that environment variables hold. */
import { z } from 'zod'

const HOST_NAME = /^(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/

export const hostName = z
  .string()
  .toLowerCase()
  .max(253, 'must be a host name such as mail.example.net')
  .regex(HOST_NAME, 'must be a host name such as mail.example.net')

const portProblem = 'must be a port number from 0 to 65535 (0: any free one)'

export const port = z
  .string()
  .regex(/^\d{1,5}$/, portProblem)
  .transform(Number)
  .refine((value) => value <= 65_535, portProblem)

export const publicPort = port.refine((value) => value > 0, 'must be a port number from 1 to 65535')

export const hostAndPort = z.string().transform((text, context) => {
  const parts = /^(?:\[(?<literal>[0-9a-f:.]+)\]|(?<host>[^:\s[\]]+)):(?<port>\d{1,5})$/i.exec(text)?.groups
  const number = Number(parts?.port)
  if (!parts || number < 1 || number > 65_535) {
    context.addIssue({ code: 'custom', message: 'must be host:port, such as relay.example.net:587' })
    return z.NEVER
  }
  return { host: parts.literal ?? parts.host ?? '', port: number }
})

export const flag = z.stringbool({ error: 'must be 1 or 0' })
