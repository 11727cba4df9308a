"""The description of the interface (OpenAPI): what FastAPI writes, with our shape of errors and who may ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

Actions = Mapping[tuple[str, str], str]
"""(method, path) → action of the policy, ``""`` for what is open to everybody."""

_METHODS = ("get", "put", "post", "delete", "patch")
_PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "additionalProperties": False,
            "required": ["code", "message", "params", "request_id"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string", "description": "In the language of the account or Accept-Language"},
                "params": {"type": "object"},
                "request_id": {"type": "string"},
            },
        }
    },
}
_SCHEMES: Mapping[str, Any] = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token of another system"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-saraptama",
        "description": "The session of a browser; changing requests carry its form key in X-Form-Key",
    },
}


def describe(app: FastAPI, actions: Actions) -> None:
    """Have the application describe itself with errors and demands; ``x-action`` names a row of policy.yaml."""
    app.openapi = _described(app, actions)  # type: ignore[method-assign]


def _described(app: FastAPI, actions: Actions) -> Callable[[], dict[str, Any]]:
    made: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not made:
            made.update(_whole(app, actions))
        return made

    return openapi


def _whole(app: FastAPI, actions: Actions) -> dict[str, Any]:
    told = get_openapi(title=app.title, version=app.version, routes=app.routes)
    parts = told.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):  # FastAPI's own shape, which is never sent
        schemas.pop(name, None)
    schemas["Problem"] = _PROBLEM
    parts["securitySchemes"] = _SCHEMES
    for path, operations in told["paths"].items():
        for method in set(operations) & set(_METHODS):
            _amend(operations[method], actions[method.upper(), path])
    return told


def _amend(operation: dict[str, Any], action: str) -> None:
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    operation["responses"].pop("422", None)
    operation["responses"]["default"] = {"description": "What went wrong", "content": problem}
    if action:
        operation["security"] = [{"token": []}, {"session": []}]
        operation["x-action"] = action
