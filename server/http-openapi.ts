/** The OpenAPI document, printed from the same schemas and permissions that the server keeps to. */
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Problem } from '#contract/problems.ts'
import type { Permission } from './http-permissions.ts'
import { PROBLEM_TYPE } from './http-problems.ts'

type Document = { openapi?: string; paths?: Record<string, object | undefined> }
type Operation = {
  summary?: string
  tags?: string[]
  security?: object[]
  responses?: Record<string, object>
  'x-allow'?: readonly string[]
}

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const
const problem = {
  description: 'Refused: the code says why',
  content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
}

/** `permissionOf` is asked for `get /api/appeals/:id` in the form of the document: `/api/appeals/{id}`. */
export function openApi(
  cookie: string,
  permissionOf: (method: string, path: string) => Permission | undefined,
): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Javob',
        description: 'The open citizen contact centre',
        version: '1',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: { signIn: { type: 'apiKey', in: 'cookie', name: cookie } },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (made) => {
      if (!('openapiObject' in made)) throw new Error('The document is OpenAPI, not Swagger 2')
      return describe(made.openapiObject as Document, permissionOf) as typeof made.openapiObject
    },
  }
}

function describe(
  document: Document,
  permissionOf: (method: string, path: string) => Permission | undefined,
): Document {
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = (item as Record<string, Operation> | undefined)?.[method]
      if (operation) describeOperation(operation, `${method} ${path}`, permissionOf(method, path))
    }
  }
  const { components = {} } = document as { components?: { schemas?: object } }
  const schemas = { ...components.schemas, Problem: z.toJSONSchema(Problem) }
  return { ...document, components: { ...components, schemas } } as Document
}

function describeOperation(operation: Operation, name: string, permission: Permission | undefined): void {
  operation.tags ??= [name.split('/')[2] ?? 'api']
  operation.summary ??= name
  operation.responses = { ...operation.responses, default: problem }
  if (permission && 'allow' in permission) {
    operation.security = [{ signIn: [] }]
    operation['x-allow'] = permission.allow
    operation.responses['401'] ??= problem
    operation.responses['403'] ??= problem
  } else operation.security = []
}
