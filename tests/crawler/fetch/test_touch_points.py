"""Private names of Scrapy and Twisted that the wire stands on: no upgrade moves one unseen."""

import ast
import inspect
import re
from pathlib import Path

from scrapy.core.downloader.handlers import http11
from twisted.web import _newclient, client, http

from crawler.fetch import tap


def test_names_are_where_they_were():
    assert issubclass(http11._LenientHTTPClientParser, _newclient.HTTPClientParser)
    assert issubclass(http.PotentialDataLoss, Exception)
    assert issubclass(http._DataLoss, Exception)
    assert issubclass(_newclient.ResponseFailed, _newclient._WrapperException)
    assert isinstance(client.HTTPConnectionPool._factory, type)
    assert isinstance(_newclient.HTTP11ClientProtocol.state, property)
    assert _newclient.HTTP11ClientProtocol()._state == "QUIESCENT"
    assert _newclient.HTTP11ClientProtocol._parser is None


def test_request_is_still_written_by_write_to():
    assert list(inspect.signature(_newclient.Request.writeTo).parameters) == ["self", "transport"]
    source = inspect.getsource(_newclient.HTTP11ClientProtocol.request)
    assert "request.writeTo(self.transport)" in source


def test_parser_is_made_in_request_and_told_whom_to_tell():
    source = inspect.getsource(_newclient.HTTP11ClientProtocol.request)
    assert "self._parser = HTTPClientParser(request, self._finishResponse)" in source
    assert "self.finisher(rest)" in inspect.getsource(_newclient.HTTPClientParser._finished)


def test_parser_of_scrapy_adds_no_state_so_that_it_can_take_another_ones_place():
    assert "__init__" not in vars(http11._LenientHTTPClientParser)
    assert "__slots__" not in vars(http11._LenientHTTPClientParser)
    assert "lineReceived" in vars(http11._LenientHTTPClientParser)


def test_decoder_of_chunks_is_had_from_the_parser_and_told_of_the_end():
    source = inspect.getsource(_newclient.HTTPClientParser.allHeadersReceived)
    assert "self._transferDecoders[" in source
    assert "transferDecoder(self.response._bodyDataReceived, self._finished)" in source
    assert "self.bodyDecoder.noMoreData()" in inspect.getsource(
        _newclient.HTTPClientParser.connectionLost
    )


def test_pool_makes_its_protocols_with_its_factory():
    source = inspect.getsource(client.HTTPConnectionPool._newConnection)
    assert "self._factory(quiescentCallback, repr(endpoint))" in source
    assert "endpoint.connect(" in source
    assert 'connection.state == "QUIESCENT"' in inspect.getsource(
        client.HTTPConnectionPool.getConnection
    )


def test_all_private_names_that_are_imported_are_listed():
    for module in sorted(Path(tap.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(module.read_bytes())):
            if not isinstance(node, ast.ImportFrom) or node.module is None:
                continue
            if node.module.partition(".")[0] not in {"twisted", "scrapy"}:
                continue
            for alias in node.names:
                if "._" in node.module or alias.name.startswith("_"):
                    assert re.search(rf"\b{alias.name}\b", tap.__doc__), (module.name, alias.name)
