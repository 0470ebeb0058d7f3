package io.cronlink.token;

import java.util.List;

record TokenList(List<Token> tokens) {}
